// Makes heads.jsonl: pages made up at random, and what Ghost's own helpers say of them, for the test of the same name.
//
//     node make-heads.cjs GHOST [CASES [SEED]] > heads.jsonl
//
// GHOST is the folder of an installed Ghost 6.65. Only its frontend's metadata and helpers are loaded; settings,
// addresses, pictures and fingerprints come from the page made up. A picture whose name says `800x600` has that size.
const Module = require('module');
const path = require('path');
const ghost = path.resolve(process.argv[2]);
const cases = Number(process.argv[3] || 80);
let seed = Number(process.argv[4] || 7);
const random = () => {
    // mulberry32: the same cases on every machine
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const chance = (p) => random() < p;

// ---- what stands in for the rest of Ghost
let page;
const own = (file) => require(path.join(ghost, file));
const fromGhost = (name) => Module.createRequire(path.join(ghost, 'core/frontend/helpers/x.js'))(name);
const UrlUtils = (() => { const found = fromGhost('@tryghost/url-utils'); return found.default || found.UrlUtils || found; })();
const handlebars = fromGhost('handlebars');
const slash = (url) => url.replace(/\/*$/, '/');
const urlUtils = new UrlUtils({
    getSubdir: () => new URL(page.url).pathname.replace(/\/$/, ''),
    getSiteUrl: () => slash(page.url),
    getAdminUrl: () => (page.adminUrl ? slash(page.adminUrl) : ''),
    slugs: [],
});
const settingsCache = { get: (name) => page.settings[name] };
const apps = {
    portal: 'https://cdn.test/portal.js', sodoSearch: 'https://cdn.test/search.js',
    announcementBar: 'https://cdn.test/announcement.js', adminToolbar: 'https://cdn.test/toolbar.js',
};
const internalImageSizes = { 'social-image': { width: 1200 } };
const config = {
    isPrivacyDisabled: () => !page.structuredData,
    get: (name) => {
        const app = /^(\w+):url$/.exec(name);
        if (app) return apps[app[1]];
        if (name === 'sodoSearch:styles') return 'https://cdn.test/search.css';
        if (name === 'imageOptimization:internalImageSizes') return internalImageSizes;
        if (name === 'imageOptimization:internalImageSizes:social-image:width') return 1200;
        return undefined;
    },
};
const labs = { isSet: () => false };
const imageSize = (url) => { const found = /(\d+)x(\d+)/.exec(url || ''); return found ? { width: +found[1], height: +found[2], url } : null; };
const silent = { error() {}, warn() {}, info() {} };
let blogIcon;
const stubs = [
    [/services\/proxy$/, () => ({
        settingsCache, config, blogIcon, urlUtils, labs, getFrontendKey: async () => 'key',
        settingsHelpers: { isWebAnalyticsEnabled: () => false, isStripeConnected: () => false },
        urlService: { getUrlForResource: (thing) => thing.url },
        cachedImageSizeFromUrl: { getCachedImageSizeFromUrl: async (url) => imageSize(url) },
        isInternalImage: () => false,
    })],
    [/services\/handlebars$/, () => ({ escapeExpression: handlebars.escapeExpression, SafeString: handlebars.SafeString, hbs: { handlebars }, templates: {} })],
    [/services\/assets-minification$/, () => ({ cardAssets: { hasFile: (type) => page.cards.includes(type) } })],
    [/services\/routing$/, () => ({ registry: { getRssUrl: () => page.rssUrl } })],
    [/asset-url(\.js)?$/, () => (file) => urlUtils.urlJoin(urlUtils.getSubdir(), '/', file) + '?v=fingerprint'],
    [/shared\/config$/, () => config],
    [/shared\/settings-cache$/, () => settingsCache],
    [/shared\/url-utils$/, () => ({ default: urlUtils })],
    [/shared\/labs$/, () => labs],
    [/^@tryghost\/logging$/, () => silent],
    [/^@tryghost\/debug$/, () => () => () => {}],
];
const load = Module._load;
Module._load = function (request, ...rest) {
    const stub = stubs.find(([name]) => name.test(request));
    return stub ? stub[1]() : load.call(this, request, ...rest);
};
blogIcon = new (own('core/server/lib/image/blog-icon.js'))({ config, urlUtils, settingsCache, storageUtils: {} });
const helpers = {};
for (const name of ['ghost_head', 'ghost_foot', 'meta_title', 'meta_description', 'body_class', 'post_class']) {
    helpers[name] = own(`core/frontend/helpers/${name}.js`);
}

// ---- pages made up
const WORDS = 'council harbour <b>night</b> "quoted" it’s & été 市場 naïve=1 `tick` </script> budget tram ferry'.split(' ');
const text = (most) => Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(WORDS)).join(' ');
const maybe = (p, make) => (chance(p) ? make() : pick([null, '', undefined]));
const base = () => page.url;
const image = () => pick([
    () => `${base()}/content/images/2025/01/a-${pick(['800x600', '2400x1100', '1200x900', '1999x3000', 'unknown'])}.jpg`,
    () => `/content/images/2025/ü b-${pick(['300x200', '3000x100', 'unknown'])}.png`,
    () => `https://elsewhere.example/p-${pick(['2000x1000', 'unknown'])}.webp?w=1&q=2`,
])();
const date = () => `20${10 + Math.floor(random() * 16)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 10)}T0${Math.floor(random() * 10)}:15:30.000${pick(['Z', '+00:00', '+02:00', '-07:00'])}`;
const slug = () => pick(['city', 'hash-internal', 'a-b', 'uber', 'x1']);
const person = () => ({
    id: 'a1', name: text(2), slug: slug(), url: `${base()}/author/${slug()}/`,
    profile_image: maybe(0.6, image), cover_image: maybe(0.5, image), bio: maybe(0.5, () => text(9)),
    website: maybe(0.5, () => 'https://ada.example/?a=1&b=2'), meta_description: maybe(0.2, () => text(5)),
    facebook: maybe(0.5, () => pick(['ada', '/ada.q'])), twitter: maybe(0.5, () => pick(['@ada', 'ada'])),
    threads: maybe(0.3, () => '@ada'), bluesky: maybe(0.3, () => 'ada.example'), mastodon: maybe(0.3, () => 'm.example/@ada'),
    tiktok: maybe(0.3, () => pick(['ada', '@ada'])), youtube: maybe(0.3, () => '@ada'), instagram: maybe(0.3, () => 'ada'),
    linkedin: maybe(0.3, () => pick(['ada', 'company/ada'])),
});
const tag = () => ({
    id: 't1', name: text(2), slug: slug(), visibility: pick(['public', 'public', 'internal', undefined]), url: `${base()}/tag/x/`,
    description: maybe(0.5, () => text(9)), feature_image: maybe(0.5, image), og_image: maybe(0.3, image), twitter_image: maybe(0.3, image),
    og_title: maybe(0.3, () => text(3)), og_description: maybe(0.3, () => text(5)), twitter_title: maybe(0.3, () => text(3)),
    twitter_description: maybe(0.3, () => text(5)), meta_title: maybe(0.3, () => text(3)), meta_description: maybe(0.3, () => text(5)),
    canonical_url: maybe(0.2, () => 'https://other.example/tag/?x=1&y=2'), accent_color: null,
    codeinjection_head: maybe(0.2, () => '<meta name="tag-head">'), codeinjection_foot: maybe(0.2, () => '<script>tagFoot=1</script>'),
    updated_at: maybe(0.3, date),
});
const entry = () => {
    const authors = Array.from({ length: Math.floor(random() * 4) }, person);
    const tags = chance(0.8) ? Array.from({ length: Math.floor(random() * 4) }, tag) : undefined;
    return {
        id: 'p1', uuid: 'u1', title: text(4), slug: slug(), html: '<p>x</p>', visibility: pick(['public', 'public', 'paid', 'members']),
        excerpt: maybe(0.8, () => text(90)), custom_excerpt: maybe(0.3, () => text(20)), feature_image: maybe(0.6, image),
        featured: chance(0.3), og_image: maybe(0.3, image), twitter_image: maybe(0.3, image),
        og_title: maybe(0.3, () => text(3)), og_description: maybe(0.3, () => text(5)), twitter_title: maybe(0.3, () => text(3)),
        twitter_description: maybe(0.3, () => text(5)), meta_title: maybe(0.3, () => ' ' + text(3)), meta_description: maybe(0.3, () => text(5)),
        canonical_url: maybe(0.2, () => pick(['https://Other.example/ö/', 'https://other.example', '/relative/'])),
        codeinjection_head: maybe(0.2, () => '<style>.x{}</style>'), codeinjection_foot: maybe(0.2, () => '<i>post</i>'),
        published_at: maybe(0.9, date), updated_at: maybe(0.9, date), authors, primary_author: authors[0], tags, primary_tag: (tags || [])[0] || null,
        ...(chance(0.1) ? { type: 'page' } : {}),
    };
};
const FONTS = ['Cardo', 'Chakra Petch', 'Fira Sans', 'IBM Plex Serif', 'Old Standard TT', 'JetBrains Mono'];
const settings = () => ({
    title: chance(0.95) ? text(3) : null, description: maybe(0.7, () => text(6)), logo: maybe(0.5, () => pick([image(), `${base()}/content/images/logo-300x50.png`, `${base()}/content/images/logo-900x900.png`])),
    icon: maybe(0.6, () => base() + '/content/images/2026/icon.' + pick(['png', 'ico', 'jpg', 'jpeg', 'svg', 'webp', 'PNG'])),
    cover_image: maybe(0.6, image), facebook: maybe(0.6, () => 'paper'), twitter: maybe(0.6, () => '@paper'), locale: maybe(0.7, () => pick(['en', 'de-CH'])),
    codeinjection_head: maybe(0.3, () => '<meta name="site-head">'), codeinjection_foot: maybe(0.3, () => '<script>siteFoot=1</script>'),
    meta_title: maybe(0.4, () => text(4)), meta_description: maybe(0.4, () => text(8)),
    og_image: maybe(0.3, image), og_title: maybe(0.3, () => text(3)), og_description: maybe(0.3, () => text(5)),
    twitter_image: maybe(0.3, image), twitter_title: maybe(0.3, () => text(3)), twitter_description: maybe(0.3, () => text(5)),
    members_enabled: chance(0.7), donations_enabled: chance(0.2), recommendations_enabled: chance(0.3), paid_members_enabled: chance(0.4),
    announcement_content: maybe(0.4, () => '<p>hi</p>'), announcement_visibility: pick([[], ['visitors']]), comments_enabled: pick(['off', 'all', 'paid']),
    members_track_sources: chance(0.5), is_private: chance(0.1), llms_enabled: pick([true, true, false]),
    web_analytics_enabled: chance(0.5), social_web_enabled: chance(0.5),
    heading_font: maybe(0.4, () => pick(FONTS)), body_font: maybe(0.4, () => pick(FONTS)),
});
const KINDS = ['home', 'home-paged', 'post', 'page', 'tag', 'tag-paged', 'author', 'author-paged', 'preview', 'channel', 'route', 'error'];
const pagination = (number) => {
    const pages = number + Math.floor(random() * 3);
    return { page: number, limit: 5, pages, total: pages * 5 - Math.floor(random() * 5), next: number < pages ? number + 1 : null, prev: number > 1 ? number - 1 : null };
};
const MAKE = {
    home: () => ({ context: ['home', 'index'], relativeUrl: '/', data: { posts: [], pagination: pagination(1) } }),
    'home-paged': () => ({ context: ['paged', 'index'], relativeUrl: '/page/3/', data: { posts: [], pagination: pagination(3) } }),
    post: () => ({ context: ['post'], relativeUrl: '/a-story/', data: { post: entry() } }),
    page: () => { const data = chance(0.8) ? { page: entry() } : {}; data.post = data.page || entry(); return { context: ['page'], relativeUrl: '/about/', data }; },
    tag: () => ({ context: ['tag'], relativeUrl: '/tag/x/', data: { tag: tag(), posts: [], pagination: pagination(1) } }),
    'tag-paged': () => ({ context: ['paged', 'tag'], relativeUrl: '/tag/page/page/2/', data: { tag: tag(), posts: [], pagination: pagination(2) } }),
    author: () => ({ context: ['author'], relativeUrl: '/author/x/', data: { author: person(), posts: [], pagination: pagination(1) } }),
    'author-paged': () => ({ context: ['paged', 'author'], relativeUrl: '/author/x/page/2/', data: { author: person(), posts: [], pagination: pagination(2) } }),
    preview: () => ({ context: ['preview', 'post'], relativeUrl: '/p/u1/', data: { post: entry() } }),
    channel: () => ({ context: ['podcast', 'tag'], relativeUrl: '/podcast/', data: { tag: tag(), posts: [], pagination: pagination(1) } }),
    route: () => ({ context: ['features'], relativeUrl: '/features/', data: chance(0.5) ? { features: entry() } : {} }),
    error: () => ({ context: null, relativeUrl: '/nothing/', status: pick([404, 400, 500]), data: {} }),
};
const dropUndefined = (value) => JSON.parse(JSON.stringify(value));
const make = () => {
    page = { url: pick(['http://site.example', 'https://site.example/blog', 'http://127.0.0.1:2368']) };
    const made = MAKE[pick(KINDS)]();
    const stored = settings();
    const preview = chance(0.15) ? pick(['c=%23ff0&d=x', 'announcement=a+b%20%26&announcement_bg=dark&announcement_vis=visitors']) : undefined;
    const shown = {
        accent_color: maybe(0.8, () => pick(['#0b7285', 'rgb(1,2,3)'])), title: 'shown', icon: stored.icon,
        ...(preview ? { _preview: preview, heading_font: maybe(0.5, () => pick(FONTS)), body_font: maybe(0.5, () => pick(FONTS)) } : {}),
    };
    return dropUndefined({
        ...page, ...made, adminUrl: chance(0.2) ? 'https://admin.example' : undefined, settings: stored, site: shown,
        staffTools: chance(0.2), structuredData: chance(0.95), cards: pick([['js', 'css'], ['css'], []]),
        rssUrl: chance(0.9) ? page.url + '/rss/' : null,
        exclude: maybe(0.3, () => pick(['metadata', 'schema', 'social_data', 'portal,search', 'cta_styles,card_assets', 'comment_counts,announcement', 'admin_toolbar', ' portal'])),
        form: chance(0.5) ? ' (%)' : undefined,
    });
};

(async () => {
    for (let i = 0; i < cases; i++) {
        page = make();
        const root = {
            ...page.data, relativeUrl: page.relativeUrl, statusCode: page.status,
            _locals: { context: page.context || undefined, safeVersion: '6.65', staffFrontendToolsEnabled: page.staffTools },
            ...(page.context ? { context: page.context } : {}),
        };
        const data = { root, site: page.site };
        const hash = page.form ? { page: page.form } : {};
        const call = (name, hashes) => { const made = helpers[name].call(root, { data, hash: hashes }); return made == null ? '' : made; };
        const head = await call('ghost_head', page.exclude ? { exclude: page.exclude } : {});
        const answer = {
            // the style is not ours to keep; that it stands there counts
            head: String(head || '').replace(/(<style id="gh-members-styles">)[^<]*/, '$1…'),
            foot: String(call('ghost_foot', {})), title: call('meta_title', hash), description: call('meta_description', {}),
            body: String(call('body_class', {})), post: String(call('post_class', {})),
        };
        process.stdout.write(JSON.stringify({ page, answer }) + '\n');
    }
})();
