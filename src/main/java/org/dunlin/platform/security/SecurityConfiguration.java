package org.dunlin.platform.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.engine.rest.security.auth.impl.HttpBasicAuthenticationProvider;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.springframework.boot.autoconfigure.web.servlet.JerseyApplicationPath;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the filters and the interceptor in place, and tells the engine who its administrators are. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    FilterRegistrationBean<LoginFilter> loginFilter(
            ProcessEngine engine, JerseyApplicationPath rest, CamundaBpmProperties camunda) {
        var filter = new LoginFilter(engine.getIdentityService(), engine.getName(), folder(rest));
        var registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        registration.addInitParameter(
                "cacheTimeToLive",
                Long.toString(camunda.getWebapp().getAuth().getCache().getTimeToLive()));
        return registration;
    }

    @Bean
    FilterRegistrationBean<EngineRestFilter> engineRestFilter(JerseyApplicationPath rest, CurrentUser user) {
        var registration = new FilterRegistrationBean<>(new EngineRestFilter(user));
        registration.addUrlPatterns(folder(rest), folder(rest) + "/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 200);
        registration.setInitParameters(Map.of(
                ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM,
                HttpBasicAuthenticationProvider.class.getName()));
        return registration;
    }

    private static String folder(JerseyApplicationPath rest) {
        return rest.getPrefix();
    }

    @Bean
    WebMvcConfigurer rolesBeforeHandlers(RolesInterceptor roles) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(roles).order(Ordered.HIGHEST_PRECEDENCE);
            }
        };
    }

    @Bean
    ProcessEnginePlugin administratorsAndPasswords() {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                List<String> admins = new ArrayList<>();
                admins.add(Groups.ADMINS);
                engine.setAdminGroups(admins);
                // Many companies use mail addresses as logins.
                engine.setUserResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._@-]*");
                // Wrong passwords slow a login down, up to a minute; they never lock it, or anybody could lock out
                // anybody.
                engine.setLoginMaxAttempts(Integer.MAX_VALUE);
                engine.setEnablePasswordPolicy(true);
                engine.setPasswordPolicy(new PasswordRules());
            }
        };
    }
}
