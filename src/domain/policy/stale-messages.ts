/** Transitions by which somebody first hears of an alert, or that it is there again. */
const BEGINNINGS = ['opened', 'reopened', 'escalated'];

/** What says that an alert still holds makes reminders needless. */
const NEWS = [...BEGINNINGS, 'woken'];

/**
 * Which of the messages that wait for a person about one alert are stale news, by the transitions that they tell of.
 *
 * What is over by the time at which he may be told is not told at all, where he had not heard of it: nobody is woken by what
 * is no more. Where he knew of it, only that it is over is told. Of reminders at most the last is told, and none beside news.
 *
 * @param transitions in the order in which they happened
 * @returns positions of those that are not to be sent
 */
export function staleMessages(transitions: readonly string[]): readonly number[] {
  const end = transitions.lastIndexOf('resolved');
  const isUnheard = BEGINNINGS.includes(transitions[0] ?? '');
  return transitions.flatMap((transition, index) => {
    if (index < end || (index === end && isUnheard)) return [index];
    if (index === end || transition !== 'reminded') return [];
    const others = transitions.slice(end + 1);
    const at = index - end - 1;
    const isNeedless = others.slice(0, at).some((each) => NEWS.includes(each)) || at < others.length - 1;
    return isNeedless ? [index] : [];
  });
}
