// Keeps labels apart.

/**
 * Places for labels that want to stand at `wanted` (rising), at least `room` apart and between `low`
 * and `high`, each as near to its wish as the others allow.
 */
export function spread(wanted, room, low, high) {
  // Neighbours that touch become one block, which stands around the middle of its wishes.
  const blocks = [];
  wanted.forEach((wish) => {
    blocks.push({ count: 1, sum: wish, start: wish });
    while (blocks.length > 1) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (before.start + before.count * room <= last.start) {
        break;
      }
      blocks.pop();
      before.sum += last.sum;
      before.count += last.count;
      before.start = (before.sum - offsets(before.count, room)) / before.count;
    }
  });
  const places = blocks.flatMap((block) =>
    Array.from({ length: block.count }, (_, index) => block.start + index * room),
  );
  return within(places, room, low, high);
}

/** Sum of the offsets of the members of a block. */
function offsets(count, room) {
  return (room * count * (count - 1)) / 2;
}

function within(places, room, low, high) {
  let floor = low;
  const down = places.map((place) => {
    const kept = Math.max(place, floor);
    floor = kept + room;
    return kept;
  });
  let ceiling = high;
  return down
    .reverse()
    .map((place) => {
      const kept = Math.min(place, ceiling);
      ceiling = kept - room;
      return kept;
    })
    .reverse();
}
