"""Teaches moto's CloudFormation the resources for alarms, which it does not know (it skips them with a warning), and PutCompositeAlarm.

Python runs a module of this name at its start. The rest of the stack is moto's own: it reads the template, resolves references and orders the
resources, and its CloudWatch stores and describes the alarms. Where moto knows the resources by itself, nothing is added.
"""
try:
    from moto.cloudwatch.responses import CloudWatchResponse
    from moto.cloudwatch.models import Dimension, Metric, MetricDataQuery, MetricStat, cloudwatch_backends
    from moto.core.common_models import CloudFormationModel
except ImportError:
    CloudFormationModel = None


def _query(given):
    stat = given.get("MetricStat")
    metric_stat = None
    if stat:
        metric = stat["Metric"]
        dimensions = [Dimension(d["Name"], d["Value"]) for d in metric.get("Dimensions", [])]
        metric_stat = MetricStat(
            Metric(metric["MetricName"], metric["Namespace"], dimensions), stat["Period"], stat["Stat"], stat.get("Unit"))
    return MetricDataQuery(
        given["Id"], given.get("Label"), given.get("Period"), given.get("ReturnData"), given.get("Expression"), metric_stat)


def _put(properties, account, region):
    queries = properties.get("Metrics")
    return cloudwatch_backends[account][region].put_metric_alarm(
        name=properties["AlarmName"],
        namespace=properties.get("Namespace"),
        metric_name=properties.get("MetricName"),
        metric_data_queries=[_query(q) for q in queries] if queries else None,
        comparison_operator=properties.get("ComparisonOperator"),
        evaluation_periods=properties.get("EvaluationPeriods"),
        datapoints_to_alarm=properties.get("DatapointsToAlarm"),
        period=properties.get("Period"),
        threshold=properties.get("Threshold"),
        statistic=properties.get("Statistic"),
        extended_statistic=properties.get("ExtendedStatistic"),
        description=properties.get("AlarmDescription"),
        dimensions=properties.get("Dimensions", []),
        alarm_actions=properties.get("AlarmActions", []),
        ok_actions=properties.get("OKActions", []),
        insufficient_data_actions=properties.get("InsufficientDataActions", []),
        unit=properties.get("Unit"),
        actions_enabled=properties.get("ActionsEnabled", True),
        treat_missing_data=properties.get("TreatMissingData"),
        evaluate_low_sample_count_percentile=properties.get("EvaluateLowSampleCountPercentile"),
        threshold_metric_id=properties.get("ThresholdMetricId"),
        rule=properties.get("AlarmRule"),
        tags=properties.get("Tags", []),
    )


def _resource(kind):
    class Resource(CloudFormationModel):
        # moto takes the service from the name of the module.
        __module__ = "moto.cloudwatch.models"

        def __init__(self, name):
            self.physical_resource_id = name

        @staticmethod
        def cloudformation_name_type():
            return "AlarmName"

        @staticmethod
        def cloudformation_type():
            return kind

        @classmethod
        def has_cfn_attr(cls, attr):
            return False

        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
            if kind.endswith("Alarm"):
                _put(cloudformation_json["Properties"], account_id, region_name)
            return cls(resource_name)

        @classmethod
        def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
            return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)

        @classmethod
        def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
            cloudwatch_backends[account_id][region_name].delete_alarms([resource_name])

    return Resource


if CloudFormationModel is not None:
    known = {model.cloudformation_type() for model in CloudFormationModel.__subclasses__()}
    kept = [
        _resource(kind)
        for kind in ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", "AWS::CloudWatch::AnomalyDetector")
        if kind not in known
    ]
    if not hasattr(CloudWatchResponse, "put_composite_alarm"):
        # The method reads AlarmRule too, and its model has a place for it.
        CloudWatchResponse.put_composite_alarm = CloudWatchResponse.put_metric_alarm
