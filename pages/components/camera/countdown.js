// Seconds that are counted down before a photo is taken.
const SECOND = 1000; // ms

// `tell` is told how many are left, `act` is called at none.
export const countdown = (tell, act) => {
  let timer = 0;
  const begin = (count) => {
    if (!count) return act();
    tell(count);
    timer = setTimeout(begin, SECOND, count - 1);
  };
  return { begin, stop: () => clearTimeout(timer) };
};
