// Audio cards.
document.querySelectorAll('.kg-audio-card').forEach((card) => {
    const audio = card.querySelector('audio');
    if (audio) {
        setUpPlayer(card, audio, 'kg-audio');
    }
});
