// Tells the page's server of the looks that this browser keeps, and does to them what it asks for.
import { change, isKept, looks, PLACE, report } from "./own_list.js";

const followed = new Map(); // session -> number of the last wish that was done
const tellers = new WeakMap(); // by the element that holds one: what it has to stop

const follow = ({ session, wishes }) => {
  for (const wish of wishes.filter(({ number }) => number > (followed.get(session) ?? 0))) {
    change(wish);
    followed.set(session, wish.number);
  }
};

const openTeller = () => {
  const teller = { told: "" };
  teller.tell = () => {
    const { data, setTriggerValue } = teller;
    follow(data);
    const news = report(looks(), data, { followed: followed.get(data.session) ?? 0, kept: isKept() });
    const text = news && JSON.stringify([data.session, news]);
    // The same is told once, but where a wish is still asked for: then the answer has not been heard.
    if (!text || (text === teller.told && !data.wishes.length)) return;
    teller.told = text;
    setTriggerValue("told", news);
  };
  const onStorage = ({ key }) => (key === PLACE || key === null) && teller.tell();
  window.addEventListener("storage", onStorage);
  teller.close = () => window.removeEventListener("storage", onStorage);
  return teller;
};

export default function ({ parentElement, ...given }) {
  const teller = tellers.get(parentElement) ?? openTeller();
  tellers.set(parentElement, Object.assign(teller, given));
  teller.tell();
  return () => {
    teller.close();
    tellers.delete(parentElement);
  };
}
