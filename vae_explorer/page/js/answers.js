// What is said of where z is: what it looks like, and whether it is a real place. Knows the atlas.

const WORDS = [
  [10, "usual"],
  [1, "at the edge"],
  [0.1, "hardly ever"],
  [0, "never seen"],
]; // from which percentile each holds

const SAID = new WeakMap(); // by z: several views ask of it in one frame

function said(z, atlas) {
  if (!SAID.has(z)) SAID.set(z, { shares: atlas.shares(z), place: atlas.percentile(z) });
  return SAID.get(z);
}

function answers({ session, drawing, data, atlas }) {
  const what = data.like_mnist ? "digits" : "pictures";
  if (!atlas)
    return el(
      "p",
      { className: "quiet" },
      `What this looks like, and how much of the data lies here, is not known without encoded ${what}: ${data.missing.atlas}.`,
    );
  const bars = [0, 1, 2].map(() => {
    const [name, fill, share] = [el("b"), el("i"), el("span")];
    return { name, fill, share, box: el("div", { className: "bar" }, name, el("div", {}, fill), share) };
  });
  const [word, sentence] = [el("b"), el("p", { className: "quiet" })];
  session.listen(({ z }) =>
    drawing.ask("answers", () => {
      const { shares, place } = said(z, atlas);
      shares.slice(0, 3).forEach(({ name, share }, k) => {
        bars[k].name.textContent = name;
        bars[k].fill.style.width = `${100 * share}%`;
        bars[k].share.textContent = percent(share);
      });
      word.textContent = place == null ? "not known" : WORDS.find(([least]) => place >= least)[1];
      sentence.textContent = place == null ? "This atlas is of an older version." : ofHundred(place, what);
    }),
  );
  return el(
    "section",
    { className: "answers" },
    el("h2", {}, "Looks like"),
    ...bars.slice(0, atlas.classes.length).map(({ box }) => box),
    el("h2", {}, "Is this a real place? ", word),
    sentence,
  );
}

const percent = (share) => (share > 0.99 ? ">99 %" : share < 0.01 ? "<1 %" : `${Math.round(100 * share)} %`);

function ofHundred(place, what) {
  const many = place < 1 ? "Fewer than 1" : Math.floor(place);
  const those = place > 0 ? `${many} of 100 encoded ${what}` : `None of the encoded ${what}`;
  return `${those} ${place <= 0 || many === 1 ? "lies" : "lie"} in emptier places than this.`;
}

// What is said aloud of a place at rest, and of the digit to who cannot see it.
function spoken(z, atlas) {
  if (!atlas) return `at ${z.map((value) => signed(value)).join(", ")}`;
  const { shares, place } = said(z, atlas);
  const [{ name, share }] = shares;
  return `looks like ${name}, ${percent(share)}${place == null ? "" : `; as a place ${WORDS.find(([least]) => place >= least)[1]}`}`;
}
