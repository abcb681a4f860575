package io.tokenguard.internal.keys;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit; beyond it, fails and cancels the transfer. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final int largest;
    private final @Nullable FetchException refusal;
    private @Nullable Subscription subscription;

    private BoundedBody(int largest, @Nullable FetchException refusal) {
        this.largest = largest;
        this.refusal = refusal;
    }

    static BoundedBody upTo(int largest) {
        return new BoundedBody(largest, null);
    }

    static BoundedBody refused(FetchException refusal) {
        return new BoundedBody(0, refusal);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        if (refusal == null) {
            newSubscription.request(Long.MAX_VALUE);
        } else {
            giveUp(refusal);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.remaining() > largest - collected.size()) {
                giveUp(FetchException.tooLarge());
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            collected.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(collected.toByteArray());
    }

    private void giveUp(FetchException failure) {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(failure);
    }
}
