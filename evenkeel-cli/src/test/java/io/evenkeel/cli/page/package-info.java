/// The page in a real headless browser, against a whole server in this process. Skipped, with the
/// reason, on a machine without Chromium.
@NullMarked
package io.evenkeel.cli.page;

import org.jspecify.annotations.NullMarked;
