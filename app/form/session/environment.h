// app/form/session/environment.h - all that a filling takes from outside. Tests pass their own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/time.h"
#include "storage/base/uuid.h"

namespace bordereau::form {

struct Environment {
    Clock clock;
    Entropy entropy;  ///< for uuid(), random(), randomize() without seed, keys of repeat instances

    /// Values of jr:preload="property": "username", "deviceid", "email", "phonenumber". Empty:
    /// none.
    std::function<std::string(std::string_view name)> property;

    /// digest(): raw bytes of MD5, SHA-1, SHA-256, SHA-384 or SHA-512; nothing for other names.
    std::function<std::optional<std::string>(std::string_view algorithm, std::string_view bytes)>
        digest;

    /// extract-signed(): true when an Ed25519 signature (64 bytes) of `message` is good.
    std::function<bool(std::string_view signature, std::string_view message,
                       std::string_view public_key)>
        verify;

    /// odk:setgeopoint: "latitude longitude altitude accuracy". Empty: the device cannot tell.
    std::function<std::string()> position;

    /// jr://instance/last-saved: the latest record of the form as XML; nothing where there is none.
    std::function<std::optional<std::string>()> last_saved;

    std::string language;  ///< one of Form::languages(); empty: the form's default
};

}  // namespace bordereau::form
