package io.evenkeel.engine.watch;

import java.util.Arrays;

/// Where the record of each account is, in pages, so that growing copies nothing but the list of
/// pages.
final class Places {
  /// An account without a record.
  static final int NONE = -1;

  private static final int PAGE_BITS = 16;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

  private int[][] pages = new int[0][];

  int of(int account) {
    int page = account >> PAGE_BITS;
    return page < pages.length && pages[page] != null ? pages[page][account & PAGE_MASK] : NONE;
  }

  void set(int account, int place) {
    int page = account >> PAGE_BITS;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length + (pages.length >> 1)));
    }
    if (pages[page] == null) {
      pages[page] = new int[1 << PAGE_BITS];
      Arrays.fill(pages[page], NONE);
    }
    pages[page][account & PAGE_MASK] = place;
  }

  /// Bytes of its arrays, headers left out.
  long bytes() {
    long bytes = 0;
    for (int[] page : pages) {
      bytes += page == null ? 0 : (long) Integer.BYTES * page.length;
    }
    return bytes;
  }
}
