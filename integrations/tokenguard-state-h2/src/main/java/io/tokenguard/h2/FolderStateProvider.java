package io.tokenguard.h2;

import io.tokenguard.spi.SharedState;
import java.net.URI;
import java.nio.file.Path;

/** Opens {@code file:} addresses of folders. Found by {@link java.util.ServiceLoader}. */
public final class FolderStateProvider implements SharedState.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public FolderStateProvider() {}

    @Override
    public boolean serves(URI address) {
        return "file".equalsIgnoreCase(address.getScheme());
    }

    /**
     * Opens the database in a folder, or creates both. Returns after everything in it was read.
     *
     * @throws io.tokenguard.access.ConfigurationException if the folder can't be used, or another process uses it
     */
    @Override
    public SharedState open(SharedState.Location location, SharedState.Terms terms) {
        return FolderState.open(Path.of(location.address()), location.tablePrefix(), terms);
    }
}
