// Video cards: the player, the large button over the picture, and silent loops that rest when motion is not wanted.
document.querySelectorAll('.kg-video-card').forEach((card) => {
    const video = card.querySelector('video');
    const overlay = card.querySelector('.kg-video-overlay');
    if (!video) {
        return;
    }
    const start = setUpPlayer(card, video, 'kg-video', (state) => {
        if (!overlay || state !== 'playing') {
            return;
        }
        // The keyboard's focus must not vanish with the large button.
        const hadFocus = overlay.contains(document.activeElement);
        overlay.classList.add('kg-video-hide');
        const pause = card.querySelector('.kg-video-pause-icon');
        if (hadFocus && pause) {
            pause.focus();
        }
    });
    if (overlay) {
        overlay.addEventListener('click', start);
    }
    video.addEventListener('click', () => (video.paused ? start() : video.pause()));
    if (video.loop && video.autoplay && matchMedia('(prefers-reduced-motion: reduce)').matches) {
        video.autoplay = false;
        video.pause();
        if (overlay) {
            overlay.classList.remove('kg-video-hide');
        }
    }
});
