import type { Vec2 } from '../../model/field.ts';
import { make } from '../dom/elements.ts';

/** A smaller box is a slip of the hand. */
const LEAST_SIDE_PX = 6;

/** Two opposite corners in CSS pixels of the picture. */
export interface PixelBox {
  readonly corner0: Vec2;
  readonly corner1: Vec2;
}

/**
 * The box to zoom into: dragged with a pointer, or opened in the middle and moved with the
 * keyboard.
 */
export class BoxSelection {
  readonly #element = make('div', { class: 'box', hidden: true });
  readonly #picture: HTMLElement;
  readonly #onArmed: (armed: boolean) => void;
  #box: PixelBox | null = null;
  #armed = false;

  constructor(picture: HTMLElement, onArmed: (armed: boolean) => void) {
    this.#picture = picture;
    this.#onArmed = onArmed;
    picture.append(this.#element);
  }

  /** Armed: the next drag draws a box instead of panning. */
  get armed(): boolean {
    return this.#armed;
  }

  /** True while a box is visible. */
  get open(): boolean {
    return this.#box !== null;
  }

  arm(armed: boolean): void {
    this.#armed = armed;
    if (!armed) this.#show(null);
    this.#picture.classList.toggle('picking', armed);
    this.#onArmed(armed);
  }

  /** Begins a drag at a corner. */
  start(corner: Vec2): void {
    this.#show({ corner0: corner, corner1: corner });
  }

  dragTo(corner: Vec2): void {
    if (this.#box) this.#show({ corner0: this.#box.corner0, corner1: corner });
  }

  /** Opens a box of half the picture's size in its middle, for the keyboard. */
  openInMiddle(width: number, height: number): void {
    this.arm(true);
    this.#show({ corner0: [width / 4, height / 4], corner1: [(3 * width) / 4, (3 * height) / 4] });
  }

  move(dx: number, dy: number): void {
    if (!this.#box) return;
    const { corner0, corner1 } = this.#box;
    this.#show({
      corner0: [corner0[0] + dx, corner0[1] + dy],
      corner1: [corner1[0] + dx, corner1[1] + dy],
    });
  }

  /** Moves every side outwards by dx or dy (inwards if negative), never through the other side. */
  grow(dx: number, dy: number): void {
    if (!this.#box) return;
    const { corner0, corner1 } = this.#box;
    const width = Math.max(LEAST_SIDE_PX, corner1[0] - corner0[0] + 2 * dx);
    const height = Math.max(LEAST_SIDE_PX, corner1[1] - corner0[1] + 2 * dy);
    const x = (corner0[0] + corner1[0] - width) / 2;
    const y = (corner0[1] + corner1[1] - height) / 2;
    this.#show({ corner0: [x, y], corner1: [x + width, y + height] });
  }

  /** Closes the box; null if it was too small to be intended. */
  finish(): PixelBox | null {
    const box = this.#box;
    this.arm(false);
    if (!box) return null;
    const width = Math.abs(box.corner1[0] - box.corner0[0]);
    const height = Math.abs(box.corner1[1] - box.corner0[1]);
    return width >= LEAST_SIDE_PX && height >= LEAST_SIDE_PX ? box : null;
  }

  #show(box: PixelBox | null): void {
    this.#box = box;
    this.#element.hidden = box === null;
    if (!box) return;
    const { style } = this.#element;
    style.left = `${Math.min(box.corner0[0], box.corner1[0])}px`;
    style.top = `${Math.min(box.corner0[1], box.corner1[1])}px`;
    style.width = `${Math.abs(box.corner1[0] - box.corner0[0])}px`;
    style.height = `${Math.abs(box.corner1[1] - box.corner0[1])}px`;
  }
}
