/** Up to this width the controls would take too much beside the picture, and all buttons too much above it. */
const NARROW_PX = 960;
/** In a window this low a sheet at the bottom would leave no picture, unless the window is narrow as well. */
const LOW_PX = 440;
const NARROW_AND_LOW_PX = 760;
/** No room beside the picture for a colour bar, whatever the height. */
const SLIM_PX = 400;
/** A colour bar below a picture takes height from it; only a page that is higher than wide by this has it to spare. */
const BAR_HEIGHT_PX = 40;
/** In less height than this open controls would cover the picture at first. */
const CONTROLS_HEIGHT_PX = 480;

/** How a page of some size is laid out; the style sheets know these as classes of `.app`. */
export interface Room {
  /** The controls are a sheet at the bottom. */
  readonly narrow: boolean;
  /** Most buttons are in a menu. */
  readonly fewTools: boolean;
  /** Narrow gutters, and the colour bar below the picture. */
  readonly compact: boolean;
  /** The controls are open at first. */
  readonly controls: boolean;
}

/** @param width, height of the page, in CSS pixels */
export function roomOf(width: number, height: number): Room {
  const narrow = width <= (height > LOW_PX ? NARROW_PX : NARROW_AND_LOW_PX);
  return {
    narrow,
    fewTools: width <= NARROW_PX,
    compact: width <= SLIM_PX || width <= height - BAR_HEIGHT_PX,
    controls: !narrow && height > CONTROLS_HEIGHT_PX,
  };
}
