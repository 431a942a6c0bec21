// The plane: decoded pictures all over a plane through z. Knows decode.

const GRID = 11; // pictures in a row, from −3 to 3

class PictureView extends PlaneView {
  constructor(parts) {
    super(parts, "Plane of decoded pictures", "pictures");
    const edge = (REACH * GRID) / (GRID - 1);
    this.frame = { low: [-edge, -edge], span: 2 * edge };
  }

  draw(z) {
    const { plane, model, canvas } = this;
    const value = (k) => -REACH + (2 * REACH * k) / (GRID - 1);
    this.drawing.askSlices("plane", function* () {
      for (let k = 0; k < GRID * GRID; k++) {
        const point = lift(plane, z, [value(k % GRID), value(GRID - 1 - Math.floor(k / GRID))]);
        paint(canvas, [model.decode(point)], model.shape, GRID, GRID, k);
        yield;
      }
    });
  }
}
