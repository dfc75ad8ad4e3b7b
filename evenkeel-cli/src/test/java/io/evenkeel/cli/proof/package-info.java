/// Proofs over the whole: real `serve` processes and servers, real clients, real disks, ended in
/// every rude way there is.
@NullMarked
package io.evenkeel.cli.proof;

import org.jspecify.annotations.NullMarked;
