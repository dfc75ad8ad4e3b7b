package io.evenkeel.gateway;

/// A request ends in a problem; thrown by whoever finds it, answered in one place. Carries no stack
/// trace: it is an answer, not a fault.
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  RequestRefused(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
