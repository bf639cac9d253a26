// What axe finds on the page: these rules, or all; without what is known of a rule and a place.
export const findings = async ([rules, known]) => {
  const wish = rules.length ? { runOnly: rules } : {};
  const { violations } = await window.axe.run(document, { ...wish, resultTypes: ["violations"], elementRef: true });
  const isKnown = (rule, element) => known.some(([broken, place]) => broken === rule && element.matches(place));
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes
      .filter(({ element }) => !isKnown(id, element))
      .map(({ html, failureSummary }) => ({ rule: id, impact, element: `${html.slice(0, 200)} ${failureSummary}` })),
  );
};
