package org.jikimi.notification.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription cannot make the service call what lies behind the firewall. */
class WebhookTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/hook",
                "ftp://example.org/hook",
                "https:///hook",
                "https://user:secret@example.org/",
                "file:///etc/passwd",
                "http://127.0.0.1/",
                "not a url",
                ""
            })
    void aUrlThatIsNotPlainHttpsIsRefused(String url) {
        assertThat(new WebhookTarget(false).parse(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://10.1.2.3/",
                "https://172.16.0.1/",
                "https://192.168.0.1/",
                "https://169.254.169.254/latest",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://224.0.0.1/"
            })
    void anAddressThatIsNotPublicIsNotCalled(String url) {
        assertThat(new WebhookTarget(false).mayCall(URI.create(url))).isFalse();
    }

    @Test
    void aPublicAddressIsCalled() {
        assertThat(new WebhookTarget(false).mayCall(URI.create("https://93.184.216.34/")))
                .isTrue();
    }

    @Test
    void loopbackIsCalledOnlyWhereConfigured() {
        assertThat(new WebhookTarget(true).parse("http://127.0.0.1:9/")).isPresent();
        assertThat(new WebhookTarget(true).mayCall(URI.create("http://127.0.0.1:9/")))
                .isTrue();
        assertThat(new WebhookTarget(true).parse("http://10.0.0.1/")).isEmpty();
    }
}
