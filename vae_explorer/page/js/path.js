// Ways from one place to another: strips to look along, to scrub and to play. Knows the session and decode.

const STEPS = 11;
const PLAY_MS = 3000;
const WAYS = { straight: ["Straight", straight], arc: ["Arc", arc] };

function pathView({ session, drawing, model, places }) {
  const ends = [choice("From", [], () => changed()), choice("To", [], () => changed())];
  const scrub = el("input", { type: "range", min: 0, max: 1, step: 0.005, value: 0, "aria-label": "Along the way", oninput: () => along(), onchange: () => session.commit() });
  const rows = Object.entries(WAYS).map(([way, [title]], k) => {
    const radio = el("input", { type: "radio", name: "way", value: way, checked: !k, onchange: () => along() });
    const canvas = el("canvas", { className: "strip", onclick: (event) => ((radio.checked = true), (scrub.value = (pointed(event, canvas)[0] * STEPS - 0.5) / (STEPS - 1)), along(), session.commit()) });
    return { way, radio, canvas, box: el("div", { className: "way" }, el("label", {}, radio, ` ${title}`), canvas) };
  });
  const play = button("Play", () => playing(!timer));
  let timer = 0;
  let known = [];
  const points = (way, count) => WAYS[way][1](...ends.map(({ value }) => known[value].z), count);
  const chosen = () => rows.find(({ radio }) => radio.checked).way;
  const at = (share) => {
    const way = points(chosen(), 101);
    const k = Math.min(Math.floor(share * 100), 99);
    return lerp(way[k], way[k + 1], share * 100 - k);
  };
  const along = () => session.preview({ z: at(Number(scrub.value)) });
  const changed = () => drawing.askSlices("path", function* () {
    for (const { way, canvas } of rows) {
      for (const [k, z] of points(way, STEPS).entries()) yield paint(canvas, [model.decode(z)], model.shape, STEPS, 1, k);
    }
  });
  function playing(on) {
    play.textContent = on ? "Stop" : "Play";
    cancelAnimationFrame(timer);
    timer = 0;
    if (!on) return session.commit();
    const began = performance.now() - (scrub.value < 1 ? scrub.value * PLAY_MS : 0);
    const frame = (now) => {
      scrub.value = (now - began) / PLAY_MS;
      along();
      if (now - began < PLAY_MS) timer = requestAnimationFrame(frame);
      else playing(false);
    };
    timer = requestAnimationFrame(frame);
  }
  const fill = () => {
    const now = places();
    if (JSON.stringify(now) === JSON.stringify(known)) return;
    const kept = ends.map((end) => known[end.value]?.name);
    known = now;
    ends.forEach((end, k) => {
      end.replaceChildren(...known.map(({ name }, value) => el("option", { value }, name)));
      const same = known.findIndex(({ name }) => name === kept[k]);
      const usual = known.findIndex(({ name }) => name === `mean of ${k ? 9 : 4}`);
      end.value = same >= 0 ? same : usual >= 0 ? usual : k * (known.length - 1);
    });
    changed();
  };
  const box = el("div", {}, el("div", { className: "line" }, el("label", {}, "From ", ends[0]), el("label", {}, "To ", ends[1])), ...rows.map((row) => row.box), scrub, el("div", { className: "line" }, play));
  return { box, show: fill, stop: () => timer && playing(false) };
}
