//! An inline element without attributes.

use markdown_it::{Node, NodeValue, Renderer};

/// Its name.
#[derive(Debug)]
pub(super) struct Element(pub &'static str);

impl NodeValue for Element {
    fn render(&self, node: &Node, fmt: &mut dyn Renderer) {
        fmt.open(self.0, &node.attrs);
        fmt.contents(&node.children);
        fmt.close(self.0);
    }
}
