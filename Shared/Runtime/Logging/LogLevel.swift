package import Logging

/// The levels of swift-log, under a name that the list of settings can use.
package typealias LogLevel = Logger.Level
