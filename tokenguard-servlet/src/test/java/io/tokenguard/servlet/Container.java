package io.tokenguard.servlet;

/** The containers that the tests run on; each run has those of one version of the Servlet API on its class path. */
enum Container {
    JETTY_EE10("jetty/12.1", 6, 0),
    JETTY_EE11("jetty/12.1", 6, 1),
    TOMCAT_10("Apache Tomcat/10.1", 6, 0),
    TOMCAT_11("Apache Tomcat/11.0", 6, 1);

    final String product;
    final int majorVersion;
    final int minorVersion;

    Container(String product, int majorVersion, int minorVersion) {
        this.product = product;
        this.majorVersion = majorVersion;
        this.minorVersion = minorVersion;
    }

    RunningServer start(Application application) throws Exception {
        return switch (this) {
            case JETTY_EE10 -> JettyEe10.start(application);
            case JETTY_EE11 -> JettyEe11.start(application);
            case TOMCAT_10, TOMCAT_11 -> TomcatServer.start(application);
        };
    }

    boolean isTomcat() {
        return this == TOMCAT_10 || this == TOMCAT_11;
    }
}
