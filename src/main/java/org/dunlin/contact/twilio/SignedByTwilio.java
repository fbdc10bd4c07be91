package org.dunlin.contact.twilio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets nothing through to the webhooks that Twilio did not sign. */
@Configuration(proxyBeanMethods = false)
class SignedByTwilio {

    @Bean
    WebMvcConfigurer signatureBeforeWebhooks(TwilioWebhooks webhooks) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new Guard(webhooks))
                        .addPathPatterns(TwilioWebhooks.FOLDER + "/**")
                        .order(Ordered.HIGHEST_PRECEDENCE);
            }
        };
    }

    private record Guard(TwilioWebhooks webhooks) implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
                throws IOException {
            if (webhooks.isSigned(request)) {
                return true;
            }
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
    }
}
