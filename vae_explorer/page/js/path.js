// Ways from one place to another: strips to look along, to scrub and to play. Knows the session and decode.

const STEPS = 11; // pictures of a strip
const FINE = 100; // steps of the way that is gone
const PLAY_MS = 3000;
const WAYS = { straight: ["Straight", straight], arc: ["Arc", arc] };

class Path {
  #timer = 0;
  #known = []; // the places that can be chosen
  #leads = false; // whether it is the way that moves z
  #ends = []; // where the way begins and ends, as it was when it was chosen: "here" moves on

  constructor({ session, drawing, model, places }) {
    Object.assign(this, { session, drawing, model, places });
    session.listen(() => this.#leads || this.stop());
    this.choices = ["From", "To"].map((label, k) => choice(label, [], () => this.#choose(k)));
    this.rows = Object.entries(WAYS).map(([way, [title]], k) => this.#row(way, title, !k));
    const range = { type: "range", min: 0, max: 1, step: 0.005, value: 0, "aria-label": "Along the way" };
    this.scrub = el("input", {
      ...range,
      oninput: () => (this.stop(), this.#follow()),
      onchange: () => session.commit(),
    });
    this.button = button("Play", () => (this.#timer ? this.stop() : this.#play()));
    const labels = this.choices.map((each) => el("label", {}, `${each.getAttribute("aria-label")} `, each));
    const line = (...children) => el("div", { className: "line" }, ...children);
    const onkeydown = ({ key }) => key === "Escape" && this.stop();
    this.box = el(
      "div",
      { onkeydown },
      line(...labels),
      ...this.rows.map(({ box }) => box),
      this.scrub,
      line(this.button),
    );
  }

  #row(way, title, checked) {
    const radio = el("input", {
      type: "radio",
      name: "way",
      checked,
      onchange: () => this.#go(radio, this.scrub.value),
    });
    const [, h, w] = this.model.shape;
    const onclick = (event) => this.#go(radio, (pointed(event, canvas)[0] * STEPS - 0.5) / (STEPS - 1));
    const canvas = el("canvas", { className: "strip", width: STEPS * w, height: h, onclick });
    return { way, radio, canvas, box: el("div", { className: "way" }, el("label", {}, radio, ` ${title}`), canvas) };
  }

  // Offers the places that there are now.
  show() {
    const known = this.places();
    const named = (places) => places.map(({ name }) => name).join("\n");
    if (named(known) !== named(this.#known)) this.#offer(known);
    this.#known = known;
  }

  #offer(known) {
    const at = (name) => known.findIndex((place) => place.name === name);
    this.choices.forEach((each, k) => {
      const { name, z } = this.#known[each.value] ?? {};
      const same = known.findIndex((place) => place.z === z); // its name may be another one now
      const kept = same < 0 ? at(name) : same;
      const wanted = [kept, at(`mean of ${k ? 9 : 4}`)].find((k) => k >= 0);
      each.replaceChildren(...known.map(({ name }, value) => el("option", { value }, name)));
      each.value = wanted ?? k * (known.length - 1);
      if (kept < 0) this.#ends[k] = known[each.value].z;
    });
    this.#known = known;
    this.#draw();
  }

  #choose(k) {
    this.#ends[k] = this.places()[this.choices[k].value].z;
    this.#draw();
  }

  #draw() {
    const { drawing, model, rows } = this;
    const ends = this.#ends;
    drawing.askSlices("path", function* () {
      for (const { way, canvas } of rows) {
        for (const [k, z] of WAYS[way][1](...ends, STEPS).entries()) {
          yield paint(canvas, [model.decode(z)], model.shape, STEPS, 1, k);
        }
      }
    });
  }

  // Moves z to where the scrubber stands on the chosen way.
  #follow() {
    const { way } = this.rows.find(({ radio }) => radio.checked);
    const points = WAYS[way][1](...this.#ends, FINE + 1);
    const at = this.scrub.value * FINE;
    const k = Math.min(Math.floor(at), FINE - 1);
    this.#leads = true;
    this.session.preview({ z: lerp(points[k], points[k + 1], at - k) });
    this.#leads = false;
  }

  #go(radio, share) {
    this.stop();
    radio.checked = true;
    this.scrub.value = share;
    this.#follow();
    this.session.commit();
  }

  #play() {
    const began = performance.now() - (this.scrub.value < 1 ? this.scrub.value * PLAY_MS : 0);
    const frame = (now) => {
      this.scrub.value = (now - began) / PLAY_MS;
      this.#follow();
      if (now - began < PLAY_MS) this.#timer = requestAnimationFrame(frame);
      else this.stop();
    };
    this.button.textContent = "Stop";
    this.#timer = requestAnimationFrame(frame);
  }

  stop() {
    if (!this.#timer) return;
    cancelAnimationFrame(this.#timer);
    this.#timer = 0;
    this.button.textContent = "Play";
    this.session.commit();
  }
}
