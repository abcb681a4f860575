package io.tokenguard.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestAlgorithm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads of a guard. */
class PrometheusScrapeTest {
    private final ScrapedGuard scraped = new ScrapedGuard();

    @AfterEach
    void stop() {
        scraped.close();
    }

    private String token(String scope) {
        return scraped.issuer()
                .token()
                .subject("canary-subject")
                .clientId("canary-client")
                .tokenId("canary-jti")
                .scope(scope)
                .sign();
    }

    private static String labelled(String name, String value) {
        return name + "=\"" + value + "\"";
    }

    @Test
    void hasDecisionsByRouteIssuerAndReason() {
        assertThat(scraped.decide("/orders/1", token("orders:read"))).isInstanceOf(Decision.Granted.class);
        assertThat(scraped.decide("/orders/2", token("other"))).isInstanceOf(Decision.Refused.class);
        String issuer = labelled("issuer", scraped.issuer().issuer());
        assertThat(scraped.scrape())
                .contains(
                        "tokenguard_decisions_total{outcome=\"granted\",route=\"GET /orders/*\"} 1.0",
                        "tokenguard_decisions_total{outcome=\"refused\",route=\"GET /orders/*\"} 1.0",
                        "tokenguard_issuer_decisions_total{" + issuer + ",outcome=\"granted\"} 1.0",
                        "tokenguard_refusals_total{reason=\"scope_insufficient\",stage=\"authorization\",status=\"403\"} 1.0",
                        "tokenguard_token_cache_gets_total{result=\"miss\"} 2.0",
                        "tokenguard_key_loads_total{" + issuer + ",outcome=\"succeeded\"} 1.0",
                        "tokenguard_ready 1.0");
    }

    private List<String> ofAlgorithms(String meter) {
        String issuer = "," + labelled("issuer", scraped.issuer().issuer()) + "}";
        return scraped.scrape().stream()
                .filter(line -> line.startsWith(meter + "{") && line.contains(issuer))
                .map(line -> line.replace(issuer, "}").replace(meter, ""))
                .filter(line -> line.contains("ES") || line.contains("RS256"))
                .toList();
    }

    @Test
    void hasKeysAndSignaturesOfAnIssuerByAlgorithm() {
        scraped.decide("/orders/1", token("one"));
        scraped.decide("/orders/2", token("two"));
        scraped.decide("/orders/3", token("three"));
        scraped.decide(
                "/orders/4",
                scraped.issuer().token().algorithm(TestAlgorithm.ES256).sign());
        assertThat(ofAlgorithms("tokenguard_issuer_signatures_total"))
                .containsExactlyInAnyOrder(
                        "{algorithm=\"RS256\"} 3.0",
                        "{algorithm=\"ES256\"} 1.0",
                        "{algorithm=\"ES384\"} 0.0",
                        "{algorithm=\"ES512\"} 0.0");
        assertThat(ofAlgorithms("tokenguard_keys"))
                .containsExactlyInAnyOrder(
                        "{algorithm=\"RS256\"} 1.0",
                        "{algorithm=\"ES256\"} 1.0",
                        "{algorithm=\"ES384\"} 0.0",
                        "{algorithm=\"ES512\"} 0.0");
    }

    @Test
    void hasKeysAndSignaturesRightAfterARotationAndAReconfiguration() {
        scraped.decide("/orders/1", token("orders:read"));
        scraped.issuer().rotateTo(TestAlgorithm.ES384);
        scraped.decide("/orders/2", token("orders:read"));
        assertThat(ofAlgorithms("tokenguard_keys")).contains("{algorithm=\"ES384\"} 1.0", "{algorithm=\"RS256\"} 1.0");
        scraped.guard().reconfigure(scraped.settings().route("/new authenticated"));
        assertThat(ofAlgorithms("tokenguard_issuer_signatures_total"))
                .contains("{algorithm=\"ES384\"} 1.0", "{algorithm=\"RS256\"} 1.0");
        assertThat(ofAlgorithms("tokenguard_keys")).contains("{algorithm=\"ES384\"} 1.0");
    }

    @Test
    void hasHistogramsThatQuantilesCanBeTakenOf() {
        assertThat(scraped.decide("/orders/1", token("orders:read"))).isInstanceOf(Decision.Granted.class);
        List<String> buckets = scraped.scrape().stream()
                .filter(line -> line.startsWith("tokenguard_signature_verification_within_total{algorithm=\"ES256\""))
                .toList();
        assertThat(buckets).hasSize(22);
        assertThat(buckets).filteredOn(line -> line.contains("le=\"+Inf\"")).isNotEmpty();
    }

    @Test
    void hasTheRoutesOfANewConfiguration() {
        scraped.guard().reconfigure(scraped.settings().route("/new authenticated"));
        assertThat(scraped.scrape()).isNotEmpty();
        assertThat(scraped.scrape()).contains("tokenguard_decisions_total{outcome=\"granted\",route=\"/new\"} 0.0");
    }

    @Test
    void isStillReadWhenNobodyElseKeepsTheMetrics() {
        assertThat(scraped.decide("/orders/1", token("orders:read"))).isInstanceOf(Decision.Granted.class);
        System.gc();
        assertThat(scraped.scrape())
                .contains("tokenguard_decisions_total{outcome=\"granted\",route=\"GET /orders/*\"} 1.0");
    }

    @Test
    void containsNothingOfATokenARequestOrASecret() {
        String token = token("orders:read");
        assertThat(scraped.decide("/orders/canary-path", token)).isInstanceOf(Decision.Granted.class);
        assertThat(scraped.decide("/canary-path", token)).isInstanceOf(Decision.Refused.class);
        assertThat(scraped.decide("/orders/1", "canary-opaque")).isInstanceOf(Decision.Refused.class);
        assertThat(scraped.guard().revoke(Revocation.subject(scraped.issuer().issuer(), "canary-subject")))
                .isTrue();
        assertThat(scraped.scrape()).noneMatch(line -> line.contains("canary") || line.contains("eyJ"));
        assertThat(scraped.scrape()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void hasNoMoreSeriesAfterManyTokensPathsAndIssuers() {
        int before = scraped.scrape().size();
        for (int i = 0; i < 50; i++) {
            String stranger = scraped.issuer()
                    .token()
                    .issuer("https://stranger-" + i + ".example.com")
                    .subject("subject-" + i)
                    .sign();
            assertThat(scraped.decide("/orders/" + i, stranger)).isInstanceOf(Decision.Refused.class);
            assertThat(scraped.decide("/orders/" + i, token("orders:read"))).isInstanceOf(Decision.Granted.class);
        }
        assertThat(scraped.scrape()).hasSize(before);
    }
}
