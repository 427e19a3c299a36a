// Visitor statistics: the interface that pages call, counting nothing. No visitor data leaves the browser.
(function () {
    'use strict';
    window.Tinybird = window.Tinybird || {
        trackEvent: () => Promise.resolve(null),
        _trackPageHit: () => {}
    };
})();
