package org.jikimi.notification.subscription;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a webhook may go: over https to public addresses alone, so that a subscription cannot make this service call
 * what lies behind the firewall. Loopback is allowed by configuration, for demonstrations and tests.
 */
public final class WebhookTarget {
    private final boolean loopbackAllowed;

    public WebhookTarget(boolean loopbackAllowed) {
        this.loopbackAllowed = loopbackAllowed;
    }

    /** The URL if it may be called as far as its text tells; names are looked up when it is called. */
    public Optional<URI> parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        boolean toLoopback = http && loopbackAllowed && uri.getHost() != null && isLoopbackName(uri.getHost());
        return plain && (https || toLoopback) ? Optional.of(uri) : Optional.empty();
    }

    /** Whether every address of the host may be called. The JVM keeps the answer for the call that follows. */
    public boolean mayCall(URI uri) {
        try {
            var addresses = InetAddress.getAllByName(uri.getHost());
            for (var address : addresses) {
                if (!isPublic(address) && !(loopbackAllowed && address.isLoopbackAddress())) {
                    return false;
                }
            }
            return addresses.length > 0;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static boolean isLoopbackName(String host) {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    }

    private static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        boolean v4 = bytes.length == 4;
        boolean sharedSpace = v4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64; // RFC 6598
        boolean thisNetwork = v4 && bytes[0] == 0;
        boolean reserved = v4 && (bytes[0] & 0xff) >= 240;
        boolean uniqueLocal = !v4 && (bytes[0] & 0xfe) == 0xfc; // RFC 4193
        boolean translated = !v4 && bytes[0] == 0 && bytes[1] == 0x64; // RFC 6052 leads back to IPv4
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || sharedSpace
                || thisNetwork
                || reserved
                || uniqueLocal
                || translated);
    }
}
