// app/form/xlsform/model_writer.h - the model of the XForm: texts, instances, binds, actions.
#pragma once

#include <vector>

#include "app/form/xlsform/form_source.h"
#include "app/form/xlsform/itext.h"
#include "app/form/xlsform/xml_writer.h"

namespace bordereau::form::xlsform {

void write_model(XmlWriter& xml, const FormSource& form, const Itext& itext,
                 const std::vector<ExternalInstance>& files);

/// Writes an action of an element, for example <setvalue ref= event= value=>.
void write_action(XmlWriter& xml, const Element& element, const Action& action,
                  const References& references);

}  // namespace bordereau::form::xlsform
