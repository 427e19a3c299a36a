//! The icons drawn inside cards: our own drawings on a grid of 24 by 24.
//!
//! Line breaks inside them count: they come into the plain text as they do with Ghost's icons.

pub(super) const PLAY: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n<path d=\"M4 1v22l18-11z\"></path>\n</svg>";
pub(super) const PAUSE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n<rect x=\"4\" y=\"2\" width=\"6\" height=\"20\"></rect>\n<rect x=\"14\" y=\"2\" width=\"6\" height=\"20\"></rect>\n</svg>";
pub(super) const SOUND: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n<path d=\"M2 8v8h5l8 6V2L7 8z\"></path>\n</svg>";
pub(super) const SILENCE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n<path d=\"M2 8v8h5l6 5V3L7 8zM16 8l2-2 6 10-2 2z\"></path>\n</svg>";
pub(super) const CHEVRON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" d=\"M2 7l10 10L22 7\"></path>\n</svg>";
pub(super) const STAR: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path d=\"M12 1.5l3.1 6.9 7.5.8-5.6 5 1.6 7.4-6.6-3.8-6.6 3.8L7 14.2l-5.6-5 7.5-.8z\"></path></svg>";
/// Three dots that pulse while a form is sent. Style sheets inside icons count as words for Ghost's reading time, so
/// this one and the next have as many (116 and 15) as Ghost's.
pub(super) const DOTS: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"24\" width=\"24\" viewBox=\"0 0 24 24\"><g class=\"kg-dots\"><circle cx=\"4\" cy=\"12\" r=\"2.5\"></circle><circle cx=\"12\" cy=\"12\" r=\"2.5\"></circle><circle cx=\"20\" cy=\"12\" r=\"2.5\"></circle></g><style>.kg-dots{overflow:visible}.kg-dots circle{fill:currentColor;stroke:none;will-change:transform,opacity;opacity:0.35;transform:scale(.7);transform-box:fill-box;transform-origin:center;animation-name:kg-dot;animation-duration:.9s;animation-iteration-count:infinite;animation-timing-function:ease-in-out}.kg-dots circle:nth-of-type(1){animation-delay:0s}.kg-dots circle:nth-of-type(2){animation-delay:.15s}.kg-dots circle:nth-of-type(3){animation-delay:.3s}@keyframes kg-dot{0%,60%,100%{opacity:0.35;transform:scale(0.7)}20%{opacity:0.8;transform:scale(.9)}30%{opacity:1;transform:scale(1)}}@media (prefers-reduced-motion:reduce){.kg-dots circle{animation-name:none;opacity:.7;transform:none}}</style></svg>";
/// An arrow into a circle. Its title comes into the plain text, as with Ghost.
pub(super) const DOWNLOAD: &str = "<svg viewBox=\"0 0 24 24\"><defs><style>.kg-arrow{fill:none;stroke:currentColor;stroke-width:1.5px;stroke-linecap:round;opacity:1}</style></defs><title>download-circle</title><path class=\"kg-arrow\" d=\"M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zM12 6v11M8 13l4 4 4-4\"></path></svg>";

// In the audio card nothing stands between the parts.
pub(super) const AUDIO_NOTE: &str = "<svg width=\"24\" height=\"24\" fill=\"none\"><path fill=\"currentColor\" d=\"M8 4l12-2v14a3 3 0 1 1-2-2.8V6.4L10 7.7V18a3 3 0 1 1-2-2.8z\"></path></svg>";
pub(super) const AUDIO_PLAY: &str = "<svg viewBox=\"0 0 24 24\"><path d=\"M4 1v22l18-11z\"></path></svg>";
pub(super) const AUDIO_PAUSE: &str = "<svg viewBox=\"0 0 24 24\"><rect x=\"4\" y=\"2\" width=\"6\" height=\"20\"></rect><rect x=\"14\" y=\"2\" width=\"6\" height=\"20\"></rect></svg>";
pub(super) const AUDIO_SOUND: &str =
    "<svg viewBox=\"0 0 24 24\"><path d=\"M2 8v8h5l8 6V2L7 8z\"></path></svg>";
pub(super) const AUDIO_SILENCE: &str =
    "<svg viewBox=\"0 0 24 24\"><path d=\"M2 8v8h5l6 5V3L7 8zM16 8l2-2 6 10-2 2z\"></path></svg>";
