// Gallery cards: in a row each picture takes a share of the width as its shape asks, so that all stand equally high.
document.querySelectorAll('.kg-gallery-image img').forEach((image) => {
    const holder = image.closest('.kg-gallery-image');
    const share = () => {
        const width = Number(image.getAttribute('width')) || image.naturalWidth;
        const height = Number(image.getAttribute('height')) || image.naturalHeight;
        if (width > 0 && height > 0) {
            holder.style.flex = width / height + ' 1 0%';
        }
        return width > 0;
    };
    if (!share()) {
        image.addEventListener('load', share, {once: true});
    }
});
