package io.tokenguard;

import io.tokenguard.internal.possession.InMemoryReplayStore;
import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shared state that says what it was opened with. Served under {@code drill:}, where each address is a list of its own. */
final class DrilledSharedState implements SharedState {
    static final List<DrilledSharedState> OPENED = new CopyOnWriteArrayList<>();

    final URI address;
    final Terms terms;
    final DrilledRevocationStore store = new DrilledRevocationStore();
    final ReplayStore replays;
    volatile Optional<String> secret = Optional.empty();
    /** Part of the address of a state that can't be opened, because a library is missing. */
    static final String WITHOUT_LIBRARY = "without-library";

    volatile boolean isClosed;

    DrilledSharedState(URI address, Terms terms) {
        this.address = address;
        this.terms = terms;
        this.replays = new InMemoryReplayStore(terms.clock(), 1_000_000);
    }

    static List<DrilledSharedState> openedAt(String address) {
        return OPENED.stream()
                .filter(state -> state.address.equals(URI.create(address)))
                .toList();
    }

    /** Found by its service file. */
    public static final class Provider implements SharedState.Provider {
        @Override
        public boolean serves(URI address) {
            return "drill".equals(address.getScheme())
                    || ("file".equals(address.getScheme()) && address.getPath().contains(WITHOUT_LIBRARY));
        }

        @Override
        public SharedState open(Location location, Terms terms) {
            if (location.address().toString().contains(WITHOUT_LIBRARY)) {
                throw new NoClassDefFoundError("org/example/Driver");
            }
            DrilledSharedState opened = new DrilledSharedState(location.address(), terms);
            OPENED.add(opened);
            return opened;
        }
    }

    @Override
    public DrilledRevocationStore revocations() {
        return store;
    }

    @Override
    public ReplayStore replays() {
        return replays;
    }

    @Override
    public Optional<String> nonceSecret() {
        return secret;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
