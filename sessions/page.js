"use strict";
// Everything works without this script except seeking by word: the browser's own players show then.
(() => {
  const clips = [...document.querySelectorAll("audio")];
  if (!clips.length) return;
  const get = (id) => document.getElementById(id);
  const [bar, playButton, label, seek, time, speed] =
    ["player", "play", "label", "seek", "time", "speed"].map(get);
  const wordsOf = new Map();
  const waveOf = new Map();
  const byTurn = new Map();
  for (const clip of clips) {
    clip.controls = false;
    const turn = clip.dataset.turn;
    if (turn === undefined) continue;
    byTurn.set(turn, clip);
    const group = document.querySelector(`.words[data-turn="${turn}"]`);
    wordsOf.set(clip, group ? [...group.children].filter((one) => one.dataset.start) : []);
    waveOf.set(clip, document.querySelector(`.wave[data-turn="${turn}"]`));
  }
  bar.hidden = false;
  let current = clips[0];
  let until = null; // Where a quote ends; null plays on.
  let lit = null;

  let following = true; // Until somebody scrolls to read elsewhere.

  const clock = (s) => {
    const whole = Math.round(s); // As the page's own times are.
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  };

  const seen = (one) => {
    const box = one.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };

  const light = (word) => {
    if (word === lit) return;
    if (lit) following = seen(lit);
    lit?.classList.remove("now");
    lit = word;
    lit?.classList.add("now");
    if (lit && following && !current.paused) lit.scrollIntoView({ block: "nearest" });
  };

  const wordAt = (at) => {
    const words = wordsOf.get(current) ?? [];
    let found = null;
    for (const word of words) {
      if (Number(word.dataset.start) > at + 0.02) break;
      found = word;
    }
    return found;
  };

  const show = () => {
    const at = current.currentTime;
    const length = current.duration || 0;
    if (until !== null && at >= until) {
      current.pause();
      until = null;
    }
    light(wordAt(at));
    const head = waveOf.get(current)?.querySelector(".head");
    if (head && length) {
      head.setAttribute("x1", (at / length) * 1000);
      head.setAttribute("x2", (at / length) * 1000);
    }
    label.textContent = current.dataset.label;
    time.textContent = `${clock(at)} / ${clock(length)}`;
    seek.max = length || 1;
    if (document.activeElement !== seek || !current.paused) seek.value = at;
    seek.setAttribute("aria-valuetext", `${clock(at)} of ${clock(length)}`);
    bar.classList.toggle("playing", !current.paused);
    playButton.setAttribute("aria-label", current.paused ? "Play" : "Pause");
  };

  const follow = () => {
    show();
    if (!current.paused) requestAnimationFrame(follow);
  };

  const go = (clip, from, to = null, onward = false) => {
    light(null);
    if (!onward) following = true; // Somebody chose the place.
    if (clip !== current) current.pause();
    current = clip;
    until = to;
    current.currentTime = from;
    current.playbackRate = Number(speed.value);
    document.querySelectorAll(".active").forEach((one) => one.classList.remove("active"));
    current.closest(".answer")?.classList.add("active");
    return current.play().then(follow, () => show());
  };

  for (const clip of clips) {
    // Also while the page is hidden, where no frames are drawn.
    clip.addEventListener("timeupdate", () => clip === current && show());
    clip.addEventListener("pause", () => clip === current && show());
    clip.addEventListener("loadedmetadata", () => clip === current && show());
    clip.addEventListener("ended", () => {
      const next = clips[clips.indexOf(clip) + 1];
      if (clip === current && next && until === null) go(next, 0, null, true);
    });
  }

  playButton.addEventListener("click", () => {
    if (current.paused) go(current, current.ended ? 0 : current.currentTime);
    else current.pause();
  });
  seek.addEventListener("input", () => {
    until = null;
    current.currentTime = Number(seek.value);
    show();
  });
  speed.addEventListener("change", () => {
    current.playbackRate = Number(speed.value);
  });

  const choose = (word) => {
    for (const one of word.parentElement.querySelectorAll('[tabindex="0"]')) one.tabIndex = -1;
    word.tabIndex = 0;
  };
  const playWord = (word) => {
    choose(word);
    go(byTurn.get(word.parentElement.dataset.turn), Number(word.dataset.start));
  };
  const keys = {
    ArrowRight: (words, at) => words[at + 1],
    ArrowLeft: (words, at) => words[at - 1],
    ArrowDown: (words, at) => words[at + 10] ?? words.at(-1),
    ArrowUp: (words, at) => words[at - 10] ?? words[0],
    Home: (words) => words[0],
    End: (words) => words.at(-1),
  };
  for (const [clip, words] of wordsOf) {
    words[0]?.parentElement.addEventListener("click", (event) => {
      const word = event.target.closest("[data-start]");
      if (word) playWord(word);
    });
    words[0]?.parentElement.addEventListener("keydown", (event) => {
      const word = event.target.closest("[data-start]");
      if (!word || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        if (event.key === " " && !clip.paused) clip.pause();
        else playWord(word);
      } else if (keys[event.key]) {
        event.preventDefault();
        const next = keys[event.key](words, words.indexOf(word));
        if (next) {
          choose(next);
          next.focus();
        }
      }
    });
  }
  for (const [clip, wave] of waveOf) {
    wave?.addEventListener("click", (event) => {
      const box = wave.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      go(clip, share * (clip.duration || Number(wave.dataset.seconds)));
    });
  }
  for (const quote of document.querySelectorAll("button.quote")) {
    quote.addEventListener("click", () => {
      const clip = byTurn.get(quote.dataset.turn);
      if (clip) go(clip, Number(quote.dataset.start), Number(quote.dataset.end));
    });
  }
  show();
})();
