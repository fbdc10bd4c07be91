package org.dunlin.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dunlin.intake.*}.
 *
 * @param settle how long size and time of change of a dropped file must stay the same before it counts as complete
 */
@ConfigurationProperties("dunlin.intake")
record IntakeProperties(@DefaultValue("2s") Duration settle) {}
