// app/desk/services.h - what the desk takes from the machine, and hands on to notebooks and
// sessions.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/form/session/environment.h"
#include "storage/base/ids.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/keys.h"

namespace bordereau::app {

/// How long the machine has been running. The difference of two readings' sleep tells a suspend.
struct Uptime {
    Millis awake = 0;  ///< without the time it slept
    Millis all = 0;
};

/// Passed in everywhere, so that tests and the tour own the time.
struct Services {
    Clock clock;
    Entropy entropy;
    storage::crypto::PassphraseCost cost = {};  ///< of passphrases set from now on
    std::string device_name = "laptop";         ///< for people
    std::function<Uptime()> uptime = [] { return Uptime{}; };
};

/// The machine's clock, random source and host name.
Services system_services();

/// Who fills a form, and in which language.
struct FillingPerson {
    std::string login;
    DeviceId device;
    std::string language;  ///< as the form names it; empty: the form's default
};

/// What a form session needs. deviceid is "bordereau:" and the device's id.
form::Environment environment_for(const Services& services, const FillingPerson& person);

}  // namespace bordereau::app
