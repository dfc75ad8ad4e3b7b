/// The slow twin: the rules of `docs/RULES.md` derived a second time, in plain arbitrary-precision
/// integers and ordered collections. It shares no arithmetic with the rest of the project and never
/// sees the engine, so that where both agree, the page they were written from is what they agree
/// on. Nothing here is fast; everything is meant to be checked by reading it beside the page.
@NullMarked
package io.evenkeel.audit;

import org.jspecify.annotations.NullMarked;
