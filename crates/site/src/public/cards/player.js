// What the audio and the video card share: buttons, sliders and clock around a media element.
// Knows the class names by their prefix ("kg-audio", "kg-video") and nothing of the layout.
const playbackRates = [1, 1.25, 1.5, 1.75, 2, 0.5, 0.75];
const playing = new Set();

function clock(seconds) {
    const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
    const two = (n) => String(n).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours ? hours + ':' + two(minutes) + ':' + two(whole % 60) : minutes + ':' + two(whole % 60);
}

// Shows one of two buttons. If the one that goes had the keyboard's focus, the other takes it.
function swap(shown, hidden, hide) {
    if (!shown || !hidden) {
        return;
    }
    const hadFocus = document.activeElement === hidden;
    shown.classList.remove(hide);
    hidden.classList.add(hide);
    if (hadFocus) {
        shown.focus();
    }
}

function setUpPlayer(card, media, prefix, stateChanged) {
    const part = (name) => card.querySelector('.' + prefix + '-' + name);
    const hide = prefix + '-hide';
    const play = part('play-icon');
    const pause = part('pause-icon');
    const current = part('current-time');
    const total = part('duration');
    const seek = part('seek-slider');
    const rate = part('playback-rate');
    const soundOn = part('unmute-icon');
    const soundOff = part('mute-icon');
    const volume = part('volume-slider');

    // Before the file's own length is known, the printed one stands: "m:ss", or seconds.
    const printed = total ? total.textContent.trim() : '';
    let length = printed.split(':').reduce((sum, n) => sum * 60 + (parseFloat(n) || 0), 0);
    let seeking = false;

    function showTime() {
        const at = seeking ? Number(seek.value) : media.currentTime;
        if (current) {
            current.textContent = clock(at);
        }
        if (seek) {
            if (!seeking) {
                seek.value = String(at);
            }
            seek.setAttribute('aria-valuetext', clock(at) + ' / ' + clock(length));
        }
    }

    function showLength() {
        if (Number.isFinite(media.duration) && media.duration > 0) {
            length = media.duration;
        }
        if (total) {
            total.textContent = clock(length);
        }
        if (seek) {
            seek.max = String(length > 0 ? length : 100);
        }
        showTime();
    }

    function showState() {
        const state = media.paused ? 'paused' : 'playing';
        card.setAttribute('data-kg-player-state', state);
        if (media.paused) {
            swap(play, pause, hide);
            playing.delete(media);
        } else {
            swap(pause, play, hide);
            playing.forEach((other) => other !== media && other.pause());
            playing.add(media);
        }
        if (stateChanged) {
            stateChanged(state);
        }
    }

    function showSound() {
        const silent = media.muted || media.volume === 0;
        if (silent) {
            swap(soundOff, soundOn, hide);
        } else {
            swap(soundOn, soundOff, hide);
        }
        if (volume) {
            volume.value = String(silent ? 0 : Math.round(media.volume * 100));
        }
    }

    function start() {
        const started = media.play();
        if (started) {
            started.catch(showState);
        }
    }

    if (play) {
        play.addEventListener('click', start);
    }
    if (pause) {
        pause.addEventListener('click', () => media.pause());
    }
    if (seek) {
        seek.step = 'any';
        seek.setAttribute('aria-label', 'Seek');
        seek.addEventListener('input', () => {
            seeking = true;
            showTime();
        });
        seek.addEventListener('change', () => {
            media.currentTime = Number(seek.value);
            seeking = false;
        });
        // A step of any length leaves the arrows to us: five seconds, a tenth of the whole for the page keys.
        seek.addEventListener('keydown', (event) => {
            const steps = {ArrowLeft: -5, ArrowRight: 5, ArrowUp: 5, ArrowDown: -5, PageUp: length / 10, PageDown: -length / 10};
            const step = steps[event.key];
            if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) {
                return;
            }
            event.preventDefault();
            media.currentTime = Math.min(Math.max(0, media.currentTime + step), length || 0);
            showTime();
        });
    }
    if (rate) {
        rate.addEventListener('click', () => {
            const next = (playbackRates.indexOf(media.playbackRate) + 1) % playbackRates.length;
            media.playbackRate = playbackRates[next];
        });
        const label = rate.getAttribute('aria-label') || 'Playback speed';
        // What is seen is part of the name from the start, for those who call a button by what they see.
        rate.setAttribute('aria-label', label + ': ' + rate.textContent.trim());
        media.addEventListener('ratechange', () => {
            rate.textContent = media.playbackRate + '\u00d7';
            rate.setAttribute('aria-label', label + ': ' + rate.textContent);
        });
    }
    // The button that shows a sounding loudspeaker silences it. The markup names the two the other way round.
    if (soundOn && soundOff) {
        const named = soundOn.getAttribute('aria-label');
        soundOn.setAttribute('aria-label', soundOff.getAttribute('aria-label') || 'Mute');
        soundOff.setAttribute('aria-label', named || 'Unmute');
        soundOn.addEventListener('click', () => {
            media.muted = true;
        });
        soundOff.addEventListener('click', () => {
            media.muted = false;
            if (media.volume === 0) {
                media.volume = 1;
            }
        });
    }
    if (volume) {
        volume.setAttribute('aria-label', 'Volume');
        volume.addEventListener('input', () => {
            media.volume = Number(volume.value) / 100;
            media.muted = media.volume === 0;
        });
    }

    media.addEventListener('loadedmetadata', showLength);
    media.addEventListener('durationchange', showLength);
    media.addEventListener('timeupdate', showTime);
    media.addEventListener('seeked', showTime);
    media.addEventListener('play', showState);
    media.addEventListener('pause', showState);
    media.addEventListener('volumechange', showSound);
    media.addEventListener('ended', () => {
        media.currentTime = 0;
        showState();
    });

    showLength();
    if (!media.paused) {
        showState();
    }
    if (media.muted) {
        showSound();
    }
    return start;
}
