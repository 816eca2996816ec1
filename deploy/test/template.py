"""Asserts the content of deploy/ecs.yaml, and that ECS accepts its task definition.

Run by deploy/test/deploy. The endpoint in AWS_ENDPOINT_URL replaces AWS.
"""

import re
import sys
import unittest

import boto3
from cfnlint.decode import cfn_yaml

TEMPLATE = cfn_yaml.load("deploy/ecs.yaml")
RESOURCES = TEMPLATE["Resources"]
GIVEN = {
    "Image": "123456789012.dkr.ecr.eu-central-1.amazonaws.com/dashboard@sha256:" + "0" * 64,
    "Vpc": "vpc-1",
    "Subnets": ["subnet-1", "subnet-2"],
    "CloudFrontPrefixList": "pl-1",
    "AWS::Region": "eu-central-1",
    "AWS::Partition": "aws",
    "AWS::StackName": "dashboard",
}
NOTHING = object()


def resolved(value, **parameters):
    """The value with CloudFormation's functions evaluated, as far as the template uses them."""
    known = {name: given.get("Default") for name, given in TEMPLATE["Parameters"].items()}
    known |= GIVEN | parameters

    def evaluate(value):
        if isinstance(value, list):
            return [item for item in map(evaluate, value) if item is not NOTHING]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            [(function, argument)] = value.items()
            match function:
                case "Ref" if argument == "AWS::NoValue":
                    return NOTHING
                case "Ref":
                    return known.get(argument, f"<{argument}>")
                case "Fn::If":
                    condition, yes, no = argument
                    return evaluate(yes if evaluate(TEMPLATE["Conditions"][condition]) else no)
                case "Fn::Not":
                    return not evaluate(argument[0])
                case "Fn::And":
                    return all(map(evaluate, argument))
                case "Fn::Equals":
                    return evaluate(argument[0]) == evaluate(argument[1])
                case "Fn::GetAtt":
                    return "<" + ".".join(argument) + ">"
                case "Fn::Sub":
                    text, names = (argument, {}) if isinstance(argument, str) else argument
                    names = known | {name: evaluate(item) for name, item in names.items()}
                    return re.sub(r"\$\{([^}]+)\}", lambda m: str(names.get(m[1], f"<{m[1]}>")), text)
        made = {key: evaluate(item) for key, item in value.items()}
        return {key: item for key, item in made.items() if item is not NOTHING}

    return evaluate(value)


def properties(name, **parameters):
    return resolved(RESOURCES[name]["Properties"], **parameters)


def for_the_api(value, is_map=False):
    """CloudFormation's names in the API's spelling: `NetworkMode` becomes `networkMode`."""
    if isinstance(value, list):
        return [for_the_api(item) for item in value]
    if isinstance(value, dict):
        return {
            key if is_map else key[0].lower() + key[1:]: for_the_api(item, is_map=key == "Options")
            for key, item in value.items()
        }
    return value


CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/1"


class Template(unittest.TestCase):
    def test_the_smallest_task_of_either_processor(self):
        task = properties("Task")
        self.assertEqual((task["Cpu"], task["Memory"]), ("256", "512"))
        self.assertEqual(task["RequiresCompatibilities"], ["FARGATE"])
        self.assertEqual(task["RuntimePlatform"]["CpuArchitecture"], "X86_64")
        arm = properties("Task", Processor="ARM64")
        self.assertEqual(arm["RuntimePlatform"]["CpuArchitecture"], "ARM64")
        self.assertEqual(TEMPLATE["Parameters"]["Processor"]["AllowedValues"], ["X86_64", "ARM64"])

    def test_the_container_is_locked_down(self):
        [container] = properties("Task")["ContainerDefinitions"]
        self.assertIs(container["ReadonlyRootFilesystem"], True)
        self.assertEqual(container["User"], "65532:65532")
        self.assertEqual(container["LinuxParameters"]["Capabilities"], {"Drop": ["ALL"]})
        self.assertEqual(container["HealthCheck"]["Command"], ["CMD", "/conjoint-server", "health"])
        self.assertEqual(container["Image"], GIVEN["Image"])
        self.assertNotIn("TaskRoleArn", properties("Task"))
        # The server gives running responses 25 s to finish.
        self.assertGreater(container["StopTimeout"], 25)
        self.assertEqual(container["LogConfiguration"]["LogDriver"], "awslogs")

    def test_user_and_health_check_match_the_image(self):
        [container] = properties("Task")["ContainerDefinitions"]
        with open("Dockerfile", encoding="utf8") as file:
            text = file.read()
        self.assertIn(f"USER {container['User']}\n", text)
        self.assertIn("CMD [" + ", ".join(f'"{word}"' for word in container["HealthCheck"]["Command"][1:]) + "]", text)

    def test_only_the_balancer_reaches_the_containers(self):
        [rule] = properties("ServiceGroup")["SecurityGroupIngress"]
        self.assertEqual((rule["FromPort"], rule["ToPort"]), (8050, 8050))
        self.assertEqual(rule["SourceSecurityGroupId"], "<BalancerGroup>")
        self.assertNotIn("CidrIp", rule)
        service = properties("Service")["NetworkConfiguration"]["AwsvpcConfiguration"]
        self.assertEqual(service["SecurityGroups"], ["<ServiceGroup>"])

    def test_https_by_cloudfront_by_a_certificate_or_http(self):
        cloudfront = {}
        certificate = {"Certificate": CERTIFICATE}
        neither = {"CloudFrontPrefixList": ""}
        for parameters, port, protocol, address in [
            (cloudfront, 80, "HTTP", "https://<Distribution.DomainName>"),
            (certificate, 443, "HTTPS", "https://<Balancer.DNSName>"),
            (neither, 80, "HTTP", "http://<Balancer.DNSName>"),
        ]:
            [rule] = properties("BalancerGroup", **parameters)["SecurityGroupIngress"]
            self.assertEqual((rule["FromPort"], rule["ToPort"]), (port, port))
            listener = properties("Listener", **parameters)
            self.assertEqual((listener["Port"], listener["Protocol"]), (port, protocol))
            self.assertEqual("Certificates" in listener, parameters is certificate)
            self.assertEqual(resolved(TEMPLATE["Outputs"]["Address"]["Value"], **parameters), address)

    def test_only_our_cloudfront_reaches_the_balancer(self):
        [rule] = properties("BalancerGroup")["SecurityGroupIngress"]
        self.assertEqual(rule["SourcePrefixListId"], "pl-1")
        self.assertNotIn("CidrIp", rule)
        secret = "{{resolve:secretsmanager:<OriginSecret>}}"
        [condition] = properties("ForwardRule")["Conditions"]
        self.assertEqual(condition["HttpHeaderConfig"], {"HttpHeaderName": "X-Origin-Secret", "Values": [secret]})
        [origin] = properties("Distribution")["DistributionConfig"]["Origins"]
        self.assertEqual(origin["OriginCustomHeaders"], [{"HeaderName": "X-Origin-Secret", "HeaderValue": secret}])
        for parameters in [{}, {"Certificate": CERTIFICATE}, {"CloudFrontPrefixList": ""}]:
            [refused] = properties("Listener", **parameters)["DefaultActions"]
            self.assertEqual(refused["FixedResponseConfig"]["StatusCode"], "403")
        # Without CloudFront everyone reaches it.
        for parameters in [{"Certificate": CERTIFICATE}, {"CloudFrontPrefixList": ""}]:
            [rule] = properties("BalancerGroup", **parameters)["SecurityGroupIngress"]
            self.assertEqual((rule["CidrIp"], rule.get("SourcePrefixListId")), ("0.0.0.0/0", None))
            [condition] = properties("ForwardRule", **parameters)["Conditions"]
            self.assertEqual(condition["PathPatternConfig"], {"Values": ["/*"]})

    def test_cloudfront_speaks_https_and_leaves_caching_to_the_server(self):
        config = properties("Distribution")["DistributionConfig"]
        behavior = config["DefaultCacheBehavior"]
        self.assertEqual(config["HttpVersion"], "http2and3")
        self.assertEqual(behavior["ViewerProtocolPolicy"], "redirect-to-https")
        self.assertEqual(behavior["AllowedMethods"], ["GET", "HEAD"])
        self.assertIs(behavior["Compress"], False)
        self.assertEqual(behavior["CachePolicyId"], "<CachePolicy>")
        policy = properties("CachePolicy")["CachePolicyConfig"]
        self.assertEqual((policy["MinTTL"], policy["DefaultTTL"]), (0, 0))
        key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
        self.assertTrue(key["EnableAcceptEncodingBrotli"] and key["EnableAcceptEncodingGzip"])
        self.assertEqual(config["Logging"]["Bucket"], "<AccessLogs.RegionalDomainName>")

    def test_what_belongs_to_cloudfront_exists_with_it_only(self):
        for name in ["Distribution", "CachePolicy", "AccessLogs", "OriginSecret"]:
            self.assertEqual(RESOURCES[name]["Condition"], "CloudFront")
        self.assertNotIn("Condition", RESOURCES["ForwardRule"])
        self.assertEqual(RESOURCES["Service"]["DependsOn"], "ForwardRule")

    def test_health_check_and_deregistration(self):
        targets = properties("Targets")
        self.assertEqual(targets["HealthCheckPath"], "/healthz")
        self.assertIn({"Key": "deregistration_delay.timeout_seconds", "Value": "5"}, targets["TargetGroupAttributes"])

    def test_it_scales_from_1_to_10(self):
        scaling = properties("Scaling")
        self.assertEqual((scaling["MinCapacity"], scaling["MaxCapacity"]), (1, 10))
        policy = properties("ScalingByProcessor")["TargetTrackingScalingPolicyConfiguration"]
        metric = policy["PredefinedMetricSpecification"]["PredefinedMetricType"]
        self.assertEqual(metric, "ECSServiceAverageCPUUtilization")
        # With it, an update would reset the number of tasks.
        self.assertNotIn("DesiredCount", properties("Service"))

    def test_ecs_accepts_the_task_definition(self):
        for processor in ["X86_64", "ARM64"]:
            task = for_the_api(properties("Task", Processor=processor))
            made = boto3.client("ecs").register_task_definition(**task)["taskDefinition"]
            self.assertEqual(made["status"], "ACTIVE")
            [container] = made["containerDefinitions"]
            self.assertEqual(container["image"], GIVEN["Image"])
            self.assertIs(container["readonlyRootFilesystem"], True)
            self.assertEqual(made["runtimePlatform"]["cpuArchitecture"], processor)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
