// Keeps the reader's path through the site for this browser session, so that a sign-up can say where it came from.
// Contract: sessionStorage "ghost-history", a list from old to new of {time, path | id + type, referrerSource,
// referrerMedium, referrerUrl, utmSource, utmMedium, utmCampaign, utmTerm, utmContent}; 24 hours, 15 entries.
(function () {
    'use strict';
    const key = 'ghost-history';
    const dayInMs = 86400000;
    const mostEntries = 15;

    function stored() {
        try {
            const list = JSON.parse(sessionStorage.getItem(key));
            return Array.isArray(list) ? list : [];
        } catch (error) {
            return [];
        }
    }

    // Entries are in order of time: the first one that is young enough begins what is kept.
    function recent(list, now) {
        const first = list.findIndex((entry) => entry && Number.isFinite(entry.time) && now - entry.time <= dayInMs);
        return first < 0 ? [] : list.slice(first);
    }

    function origin(address) {
        // An opened membership popup carries its parameters behind the hash.
        const popup = address.hash.includes('#/portal') ? new URL(address.href.replace('/#/portal', '')) : address;
        const said = (name) => popup.searchParams.get(name) || null;
        const from = {
            referrerSource: said('ref') || said('source') || said('utm_source'),
            referrerMedium: said('utm_medium'),
            utmSource: said('utm_source'),
            utmMedium: said('utm_medium'),
            utmCampaign: said('utm_campaign'),
            utmTerm: said('utm_term'),
            utmContent: said('utm_content')
        };
        from.referrerUrl = from.referrerSource || from.referrerMedium || document.referrer || null;
        try {
            // A page of this very site is no origin of its own.
            if (new URL(from.referrerUrl).hostname === address.hostname) {
                from.referrerUrl = null;
            }
        } catch (error) {
            // a word such as "newsletter", no address
        }
        from.referrerUrl = from.referrerUrl || document.referrer || null;
        return from;
    }

    try {
        const now = Date.now();
        const address = new URL(location.href);
        const from = origin(address);
        const list = recent(stored(), now);

        const id = address.searchParams.get('attribution_id');
        const type = address.searchParams.get('attribution_type');
        if (id && type) {
            list.push({time: now, id: id, type: type, ...from});
            address.searchParams.delete('attribution_id');
            address.searchParams.delete('attribution_type');
            history.replaceState({}, '', address.pathname + address.search + address.hash);
        }

        const last = list[list.length - 1];
        if (last && last.path === location.pathname) {
            last.time = now;
            Object.keys(from).filter((name) => from[name]).forEach((name) => {
                last[name] = from[name];
            });
        } else {
            list.push({path: location.pathname, time: now, ...from});
        }
        sessionStorage.setItem(key, JSON.stringify(list.slice(-mostEntries)));
    } catch (error) {
        // No storage (private window, full): the page works, the sign-up has no history.
    }
})();
