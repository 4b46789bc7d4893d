/** When wheel and fingers act on a picture, and not on the page around it. */
export type WheelPolicy = 'always' | 'focus' | 'modifier';

export const WHEEL_POLICIES: readonly WheelPolicy[] = ['always', 'focus', 'modifier'];

/** Whether a turn of the wheel zooms. A pinch on a touch pad arrives with `ctrlKey`. */
export function wheelZooms(
  policy: WheelPolicy,
  { ctrlKey, metaKey }: Pick<WheelEvent, 'ctrlKey' | 'metaKey'>,
  hasFocus: boolean,
): boolean {
  return policy === 'always' || ctrlKey || metaKey || (policy === 'focus' && hasFocus);
}

/** Whether one finger pans; else it scrolls the page. */
export function fingerPans(policy: WheelPolicy, hasFocus: boolean): boolean {
  return policy === 'always' || hasFocus;
}
