/** How Camunda is set up and run. */
package org.dunlin.platform.engine;
