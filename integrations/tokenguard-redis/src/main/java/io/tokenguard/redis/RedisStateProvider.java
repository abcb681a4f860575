package io.tokenguard.redis;

import io.tokenguard.spi.SharedState;
import java.net.URI;

/** Opens the addresses that {@link RedisAddress#parse} reads. Found by {@link java.util.ServiceLoader}. */
public final class RedisStateProvider implements SharedState.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public RedisStateProvider() {}

    @Override
    public boolean serves(URI address) {
        return AddressReader.serves(address);
    }

    @Override
    public SharedState open(SharedState.Location location, SharedState.Terms terms) {
        return RedisState.open(location.address(), terms);
    }
}
