package io.tokenguard.jdbc;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.spi.SharedState.Location;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the JDBC driver that accepts an address. Drivers are found on the class path and do not have to be
 * registered with {@link DriverManager}.
 */
final class DriverSource implements ConnectionSource {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** Two seconds to connect, three for each answer: a thread that waits for the database ends within five. */
    private static final List<String> POSTGRESQL_LIMITS = List.of("connectTimeout", "2", "socketTimeout", "3");

    private final String address;
    private final Properties login;
    private final Driver driver;

    private DriverSource(String address, Properties login, Driver driver) {
        this.address = address;
        this.login = login;
        this.driver = driver;
    }

    /**
     * Finds the driver.
     *
     * @throws ConfigurationException if no driver accepts the address
     */
    static DriverSource of(Location location) {
        String address = location.address().toString();
        Driver driver = find(address);
        if (driver == null) {
            throw ConfigurationException.of(
                    JdbcState.KEY,
                    "(not shown)",
                    "no JDBC driver on the class path accepts this address; add the driver of the database, such as"
                            + " org.postgresql:postgresql, and write the address as that driver documents it");
        }
        Properties login = new Properties();
        if (address.startsWith(POSTGRESQL)) {
            login.setProperty("ApplicationName", "TokenGuard");
            for (int i = 0; i < POSTGRESQL_LIMITS.size(); i += 2) {
                login.setProperty(POSTGRESQL_LIMITS.get(i), POSTGRESQL_LIMITS.get(i + 1));
            }
        }
        location.user().ifPresent(name -> login.setProperty("user", name));
        location.password().ifPresent(secret -> login.setProperty("password", secret));
        return new DriverSource(address, login, driver);
    }

    private static @Nullable Driver find(String address) {
        Driver found = find(address, ServiceLoader.load(Driver.class));
        return found != null
                ? found
                : find(address, ServiceLoader.load(Driver.class, DriverSource.class.getClassLoader()));
    }

    private static @Nullable Driver find(String address, ServiceLoader<Driver> drivers) {
        return drivers.stream()
                .map(DriverSource::load)
                .flatMap(Optional::stream)
                .filter(driver -> accepts(driver, address))
                .findFirst()
                .orElse(null);
    }

    /** A driver that can't be loaded, such as one for a newer Java, does not keep the others from being tried. */
    private static Optional<Driver> load(ServiceLoader.Provider<Driver> provider) {
        try {
            return Optional.of(provider.get());
        } catch (ServiceConfigurationError unusable) {
            return Optional.empty();
        }
    }

    private static boolean accepts(Driver driver, String address) {
        try {
            return driver.acceptsURL(address);
        } catch (SQLException refused) {
            return false;
        }
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = driver.connect(address, login);
        if (connection == null) {
            throw new SQLException("The JDBC driver does not accept the address", "08001");
        }
        return connection;
    }

    /**
     * Drivers register themselves with {@link DriverManager} when they are loaded, which would keep a web application's class
     * loader after its end. So the driver is deregistered if it belongs to the same web application as this class.
     */
    @Override
    public void close() {
        ClassLoader own = DriverSource.class.getClassLoader();
        boolean isOfApplication = Objects.equals(driver.getClass().getClassLoader(), own)
                && !Objects.equals(own, ClassLoader.getSystemClassLoader());
        if (isOfApplication) {
            DriverManager.drivers()
                    .filter(registered -> registered.getClass().equals(driver.getClass()))
                    .toList()
                    .forEach(DriverSource::deregister);
        }
    }

    private static void deregister(Driver registered) {
        try {
            DriverManager.deregisterDriver(registered);
        } catch (SQLException | SecurityException refused) {
            // It stays registered until the virtual machine ends, as it would without this.
        }
    }
}
