package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.servlet.FilterEndpoint;
import java.time.Clock;
import java.util.Optional;

/** Serves the console of a guard that has one. For {@link java.util.ServiceLoader}; the filter finds and starts it. */
public final class ConsoleEndpoint implements FilterEndpoint {
    /** For the service loader. */
    public ConsoleEndpoint() {}

    @Override
    public Optional<Service> open(TokenGuard guard) {
        return guard.consoleRoute().map(route -> ConsoleService.start(guard, route, Clock.systemUTC()));
    }
}
