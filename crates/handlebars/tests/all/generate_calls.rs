//! Random calls of the helpers that cases have beside Handlebars' own.

use crate::generate::Writer;

impl Writer<'_> {
    /// A call without a block.
    pub fn helper_expression(&mut self, depth: usize) {
        self.push_one(&[
            "args",
            "args",
            "bar",
            "[args]",
            "\"bar\"",
            "foo-bar",
            "12",
            "safe",
            "safe",
            "id",
            "id",
            "pick",
            "list",
            "num",
            "nothing",
            "wrap",
            "ctx",
            "loop",
            "not",
            "args",
            "this.args",
            "./bar",
            "../bar",
            "@args",
            "args.x",
        ]);
        if self.random.percent(2) {
            self.push(" (fail)");
        }
        self.helper_arguments(depth);
    }

    fn helper_arguments(&mut self, depth: usize) {
        for _ in 0..self.random.below(4) {
            self.push(" ");
            self.argument(depth + 1);
        }
        for _ in 0..self.random.below(3) {
            let key = self.random.pick(&[
                "x",
                "key",
                "index",
                "a",
                "[a b]",
                "0",
                "foo",
                "n",
                "constructor",
                "__proto__",
                "2",
                "this",
                "true",
            ]);
            self.push(&format!(" {key}="));
            self.argument(depth + 1);
        }
    }

    /// A call that stands as a statement of its own.
    pub fn helper_statement(&mut self, depth: usize) {
        match self.random.below(9) {
            0 => {
                self.open("");
                self.helper_expression(0);
                self.close();
            }
            1 => {
                self.push("{{{");
                self.helper_expression(0);
                self.push("}}}");
            }
            2 => {
                self.push("{{{{wrap");
                self.helper_arguments(1);
                self.push_one(&[
                    "}}}} {{x}} {{{{/wrap}}}}",
                    "}}}}\n{{#if}}\n{{{{/wrap}}}}\n",
                    "}}}}{{{{a}}}}b{{{{/a}}}}{{{{/wrap}}}}",
                ]);
            }
            3 => self.inverted(depth),
            _ => self.called_block(depth),
        }
    }

    fn block_helper(&mut self) -> &'static str {
        let helper = self.random.pick(&[
            "wrap", "wrap", "ctx", "ctx", "ctx", "loop", "loop", "not", "args", "bar", "id", "list", "num",
            "safe", "nothing", "pick", "foo-bar", "12", "args", "fail",
        ]);
        if helper == "fail" && self.random.percent(80) { "wrap" } else { helper }
    }

    fn called_block(&mut self, depth: usize) {
        self.open("#");
        let helper = self.block_helper();
        self.push(helper);
        self.helper_arguments(1);
        let params = self.block_params(helper);
        self.close();
        self.body(depth, params);
        while self.random.percent(20) {
            self.push("{{else ");
            let link = self.block_helper();
            self.push(link);
            self.helper_arguments(1);
            let params = self.block_params(link);
            self.close();
            self.body(depth, params);
        }
        self.else_part(depth);
        self.end(helper);
    }

    fn inverted(&mut self, depth: usize) {
        self.open("^");
        let helper = self.block_helper();
        self.push(helper);
        self.helper_arguments(1);
        self.close();
        self.body(depth, Vec::new());
        self.end(helper);
    }
}
