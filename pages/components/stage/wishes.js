// What is asked of the server by hand: not faster than it answers, and never lost, however many messages become one.
//
// Each message tells all that was asked for and that the server has not been seen to follow; it is counted, and the server
// tells which one it followed last.
const THIS_LOAD = Math.random().toString(36).slice(2); // this page load, whose count begins at nothing
const ANSWERED = 500; // ms that an answer is waited for before the next is asked for
const LOST = 3000; // ms after which a message that nobody followed is sent again: another may have taken its place

export const beginWishes = () => ({
  count: 0,
  seen: 0,
  card: "",
  values: {},
  stay: "",
  isUnsent: false,
  sentAt: -Infinity,
});

// With more asked for; of another card, all anew.
export const withWish = (wishes, card, values, stay) => ({
  ...wishes,
  card,
  stay,
  values: wishes.card === card ? { ...wishes.values, ...values } : values,
  isUnsent: true,
});

// Whether all that was asked for was sent and followed.
export const isFollowed = ({ count, seen, isUnsent }) => !isUnsent && seen >= count;

// Whether the next message may go: the last one was followed, or has taken too long.
export const maySend = ({ count, seen, isUnsent, sentAt }, now) =>
  seen >= count ? isUnsent : now - sentAt >= (isUnsent ? ANSWERED : LOST);

export const withSeen = (wishes, [load, number]) => ({ ...wishes, seen: load === THIS_LOAD ? number : 0 });

// What the server has followed need not be remembered, once its answer is what one sees.
export const withoutFollowed = (wishes) =>
  wishes.seen >= wishes.count && !wishes.isUnsent ? { ...wishes, values: {} } : wishes;

const send = (stage) => {
  const { card, values, stay, count } = stage.wishes;
  stage.wishes = { ...stage.wishes, count: count + 1, isUnsent: false, sentAt: performance.now() };
  stage.tell("moved", { load: THIS_LOAD, number: count + 1, card, values, stay: `${THIS_LOAD} ${stay}` });
};

export const sendWishes = (stage) => {
  clearTimeout(stage.wishTimer);
  if (stage.waitsForHand?.()) return; // it is seen already, and told when the hand lets go
  if (maySend(stage.wishes, performance.now())) send(stage);
  if (isFollowed(stage.wishes)) return;
  stage.wishTimer = setTimeout(() => sendWishes(stage), ANSWERED / 5);
};

export const wish = (stage, card, values, stay) => {
  stage.wishes = withWish(stage.wishes, card, values, stay);
  sendWishes(stage);
  stage.lookOn?.();
};

// Do what ends the work on a card, once all that was asked of it was followed: two messages at once may become one.
export const afterWishes = (stage, act) => {
  if (isFollowed(stage.wishes)) act();
  else stage.afterTimer = setTimeout(afterWishes, ANSWERED / 10, stage, act);
};
