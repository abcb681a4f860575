package io.tokenguard.internal.properties;

import java.util.regex.Pattern;

/**
 * Recognizes the environment variables that Kubernetes and Docker add for each service, such as {@code
 * TOKENGUARD_PORT_8080_TCP_ADDR=10.0.0.1} for one called {@code tokenguard}.
 */
final class ServiceLink {
    private static final Pattern NAME = Pattern.compile(
            ".+_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?" + "|PORT(_\\d{1,5}_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");
    private static final Pattern VALUE = Pattern.compile("(tcp|udp|sctp)(://\\S+)?|\\d{1,5}|[0-9a-fA-F.:]+");

    private ServiceLink() {}

    /** Whether both the name and the value have the form of a service link. */
    static boolean matches(String variable, String value) {
        return NAME.matcher(variable).matches() && VALUE.matcher(value).matches();
    }
}
