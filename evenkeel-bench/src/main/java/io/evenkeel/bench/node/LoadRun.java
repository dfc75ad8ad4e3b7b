package io.evenkeel.bench.node;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// One lane under load, for a time.
final class LoadRun {
  private static final long GLANCE_NS = 20_000;

  /// With fewer under way, parking would be a good part of what is measured.
  private static final int MOST_TO_SPIN = 64;

  private static final long HIGHEST_NS = 60_000_000_000L;

  private LoadRun() {}

  /// What a closed loop found.
  ///
  /// @param perSecond answers per second
  /// @param cpuNsByThread processor time per command of each thread, by its name
  record Throughput(double perSecond, Map<String, Double> cpuNsByThread) {}

  /// As many commands as go through, with at most so many under way.
  static Throughput closed(Lane lane, int window, double seconds) {
    AtomicLong answered = new AtomicLong();
    Map<String, Long> cpuBefore = cpuByThread();
    long sent = 0;
    long began = System.nanoTime();
    long end = began + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      boolean sentAny = false;
      while (sent - answered.get() < window && lane.send(0, _ -> answered.incrementAndGet())) {
        sent++;
        sentAny = true;
        if ((sent & 63) == 0) {
          lane.poll();
        }
      }
      lane.poll();
      if (!sentAny && window > MOST_TO_SPIN) {
        LockSupport.parkNanos(GLANCE_NS);
      } else if (!sentAny) {
        Thread.onSpinWait();
      }
    }
    long took = System.nanoTime() - began;
    long done = answered.get();
    Map<String, Double> cpu = new TreeMap<>();
    cpuByThread()
        .forEach(
            (name, ns) -> cpu.put(name, (ns - cpuBefore.getOrDefault(name, 0L)) / (double) done));
    settle(lane, answered, sent);
    return new Throughput(done * 1e9 / took, cpu);
  }

  /// Commands at a steady rate, whatever the answers do: latency counts from when a command was
  /// due, so a pause is felt by all that were due in it.
  static Histogram open(Lane lane, double perSecond, double seconds) {
    ConcurrentHistogram histogram = new ConcurrentHistogram(HIGHEST_NS, 3);
    AtomicLong answered = new AtomicLong();
    Lane.Done done =
        dueNs -> {
          histogram.recordValue(Math.clamp(System.nanoTime() - dueNs, 1, HIGHEST_NS));
          answered.incrementAndGet();
        };
    long gapNs = Math.max(1, (long) (1e9 / perSecond));
    long began = System.nanoTime();
    long due = began;
    long sent = 0;
    while (due - began < (long) (seconds * 1e9)) {
      long now = System.nanoTime();
      int burst = 0;
      while (due - now <= 0 && burst++ < 64 && lane.send(due, done)) {
        due += gapNs;
        sent++;
      }
      lane.poll();
      if (due - System.nanoTime() > GLANCE_NS) {
        LockSupport.parkNanos(GLANCE_NS);
      }
    }
    settle(lane, answered, sent);
    return histogram;
  }

  /// One command at a time.
  ///
  /// @param pauseNs rest before each; 0 for none
  static Histogram single(Lane lane, int count, long pauseNs) {
    Histogram histogram = new Histogram(HIGHEST_NS, 3);
    AtomicLong answered = new AtomicLong();
    for (int i = 0; i < count; i++) {
      rest(pauseNs);
      long began = System.nanoTime();
      while (!lane.send(began, _ -> answered.incrementAndGet())) {
        lane.poll();
      }
      while (answered.get() <= i) {
        lane.poll();
        Thread.onSpinWait();
      }
      histogram.recordValue(System.nanoTime() - began);
    }
    return histogram;
  }

  /// Pauses, with everything else as idle as it then gets.
  static void rest(long pauseNs) {
    if (pauseNs > 0) {
      LockSupport.parkNanos(pauseNs);
    }
  }

  private static void settle(Lane lane, AtomicLong answered, long sent) {
    long deadline = System.nanoTime() + HIGHEST_NS;
    while (answered.get() < sent) {
      lane.poll();
      LockSupport.parkNanos(GLANCE_NS);
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            lane.name() + " did not answer " + (sent - answered.get()) + " commands");
      }
    }
  }

  private static Map<String, Long> cpuByThread() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Long> cpu = new TreeMap<>();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null) {
        long ns = threads.getThreadCpuTime(thread.getThreadId());
        cpu.merge(thread.getThreadName(), Math.max(0, ns), Long::sum);
      }
    }
    return cpu;
  }
}
