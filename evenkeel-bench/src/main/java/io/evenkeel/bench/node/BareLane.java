package io.evenkeel.bench.node;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.evenkeel.model.command.Command;
import io.evenkeel.node.EchoNode;
import io.evenkeel.wire.Answer;
import io.evenkeel.wire.CommandCodec;
import io.evenkeel.wire.Submission;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/// The same bytes to an echo by a bare client of the log, which offers and polls on the thread that
/// measures: no queue, no thread, no object per command between it and the log.
final class BareLane implements Lane, EgressListener {
  private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);

  private final byte[][] encoded;
  private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(4_096);
  private final AeronCluster cluster;
  private @Nullable Done done;
  private int next;
  private long keepAliveNs;

  @SuppressWarnings("this-escape") // nothing is heard before the first poll
  BareLane(EchoNode echo, Command[] commands) {
    CommandCodec codec = new CommandCodec();
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    encoded = new byte[commands.length][];
    for (int i = 0; i < commands.length; i++) {
      encoded[i] = new byte[codec.encode(commands[i], buffer, 0)];
      buffer.getBytes(0, encoded[i]);
    }
    cluster = AeronCluster.connect(echo.bareSession().egressListener(this));
  }

  @Override
  public String name() {
    return "echo, bare client";
  }

  @Override
  public boolean send(long stampNs, Done hears) {
    done = hears;
    byte[] command = encoded[next % encoded.length];
    int at = Submission.encodeHeader(stampNs, 0, 0, out, 0);
    out.putBytes(at, command);
    if (cluster.offer(out, 0, at + command.length) > 0) {
      next++;
      return true;
    }
    return false;
  }

  @Override
  public void poll() {
    cluster.pollEgress();
    long now = System.nanoTime();
    if (now - keepAliveNs > KEEP_ALIVE_NS) {
      cluster.sendKeepAlive();
      keepAliveNs = now;
    }
  }

  @Override
  public void onMessage(
      long clusterSessionId,
      long timestamp,
      DirectBuffer buffer,
      int offset,
      int length,
      Header header) {
    Done hears = done;
    if (hears != null) {
      hears.onDone(Answer.decode(buffer, offset, length).correlationId());
    }
  }

  @Override
  public long refused() {
    return 0;
  }

  @Override
  public void close() {
    cluster.close();
  }
}
